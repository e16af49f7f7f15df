import {
  cursor,
  deliveriesListed,
  deliveryDetails,
  deliverySummary,
  emailAddress,
  limit,
  listDeliveries,
  namedReference,
  pageOf,
  reason,
  resolutions,
  uuid,
} from '@tenure/contracts';
import { z } from 'zod';
import { downloadRoute, route } from '../routes/route.js';

const oneDelivery = z.strictObject({ deliveryId: uuid });

const sought = z.strictObject({
  status: deliveriesListed.optional(),
  email: emailAddress.optional().describe('The whole address; in capitals or not.'),
  applicationId: uuid.optional(),
  organizationId: uuid.optional().describe('Not of all that was sent: with an address, an application or `unknown`.'),
});

const namedDelivery = deliverySummary.extend({
  about: namedReference.optional().describe('What it is about, by name; missing while accounts does not say.'),
});
export type NamedDelivery = z.output<typeof namedDelivery>;

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

export const findDeliveries = route({
  method: 'get',
  path: '/deliveries',
  action: 'list_deliveries',
  summary: 'E-mails to an address, of an application, or of which nobody knows whether they were sent',
  description:
    '`status=unknown`: the provider did not answer for 24 hours, and has reported nothing since; oldest first. None is sent again unless Customer Success says so. `status=any`: newest first. Without `status` it is `any` where an address or an application is named, else `unknown`. Of an address, `marks` says of which organizations nothing is sent to it any more. `next` is the `cursor` of the following page.',
  query: z.strictObject({ ...sought.shape, cursor, limit }),
  answer: listDeliveries.answer.extend(pageOf(namedDelivery).shape),
});

export const downloadDeliveries = downloadRoute({
  method: 'get',
  path: '/deliveries.csv',
  action: 'download_deliveries',
  summary: 'The same e-mails as CSV, all of them',
  query: sought,
  produces: 'text/csv',
});

export const resolveRoute = route({
  method: 'post',
  path: '/deliveries/{deliveryId}/resolution',
  action: 'resolve_delivery',
  summary: 'Settle an e-mail of which nobody knows: it arrived, or send it again',
  description:
    'Of two people at once the first holds; the other gets 409 with the delivery as it stands. What is sent again is checked and written anew: what is no longer true by then is not sent.',
  params: oneDelivery,
  body: z.strictObject({ resolution: z.enum(resolutions), reason }),
  idempotent: true,
  answer: deliveryDetails,
  errors: ['not_found', 'delivery_settled', 'idempotency_key_reused'],
});
