import { deliveryDetails, uuid } from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';

const oneDelivery = z.strictObject({ deliveryId: uuid });

export const seeDelivery = route({
  method: 'get',
  path: '/deliveries/{deliveryId}',
  action: 'see_delivery',
  summary: 'One e-mail to one recipient: what exactly was sent, and what became of it',
  description:
    'The history is what the provider has reported, with its times and words, in the order in which it became known. A SuperAdmin sees those of the own organization, but not what reviewers are told.',
  params: oneDelivery,
  answer: deliveryDetails,
  errors: ['not_found'],
});
