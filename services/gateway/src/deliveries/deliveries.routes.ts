import {
  cursor,
  deliveriesListed,
  deliveryDetails,
  emailAddress,
  limit,
  listDeliveries,
  namedDelivery,
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
  email: emailAddress.optional().describe('The complete address, in upper or lower case.'),
  applicationId: uuid.optional(),
  organizationId: uuid.optional().describe('Only together with `email`, `applicationId` or the status `unknown`.'),
});

export const seeDelivery = route({
  method: 'get',
  path: '/deliveries/{deliveryId}',
  action: 'see_delivery',
  summary: 'Get one e-mail to one recipient: its exact content and what happened to it',
  description:
    "The history has the provider's reports with their times and wording, in the order in which they were received. A SuperAdmin sees the e-mails of their organization, but not those to reviewers.",
  params: oneDelivery,
  answer: deliveryDetails,
  errors: ['not_found'],
});

export const findDeliveries = route({
  method: 'get',
  path: '/deliveries',
  action: 'list_deliveries',
  summary: 'List e-mails to an address, about an application, or whose outcome is unknown',
  description:
    '`status=unknown` lists e-mails for which the provider did not respond for 24 hours and has reported nothing since, oldest first; they are sent again only if Customer Success decides so. `status=any` lists newest first. The default is `any` if `email` or `applicationId` is given, otherwise `unknown`. With `email`, `marks` names the organizations that no longer send to that address. `next` is the `cursor` of the next page.',
  query: z.strictObject({ ...sought.shape, cursor, limit }),
  answer: listDeliveries.answer.extend(pageOf(namedDelivery).shape),
});

export const downloadDeliveries = downloadRoute({
  method: 'get',
  path: '/deliveries.csv',
  action: 'download_deliveries',
  summary: 'Download all e-mails of the list as CSV',
  query: sought,
  produces: 'text/csv',
});

export const resolveRoute = route({
  method: 'post',
  path: '/deliveries/{deliveryId}/resolution',
  action: 'resolve_delivery',
  summary: 'Resolve an e-mail whose outcome is unknown: it arrived, or send it again',
  description:
    'If two people do this at once, the first one wins; the other gets 409 with the delivery as it stands. An e-mail that is sent again is checked and written from scratch; it is not sent if it no longer applies.',
  params: oneDelivery,
  body: z.strictObject({
    resolution: z.enum(resolutions).describe('`arrived`: it arrived; `send_again`: send it again.'),
    reason: reason.describe('Why, for the history of the e-mail.'),
  }),
  idempotent: true,
  answer: deliveryDetails,
  errors: ['not_found', 'delivery_settled', 'idempotency_key_reused'],
});
