import {
  deliveryView,
  growing,
  instant,
  limit,
  noticeKinds,
  searchText,
  showAllocations,
  uuid,
} from '@tenure/contracts';
import { z } from 'zod';
import { downloadRoute, route } from '../routes/route.js';
import { oneAccount } from '../routes/params.js';

const { cursor } = showAllocations.request.shape;

export const seeAllocations = route({
  method: 'get',
  path: '/accounts/{accountId}/allocations',
  action: 'see_allocations',
  summary: 'List how many datapoints each device uses in an account',
  description:
    'Sorted by device; `text` matches any part of the device or the datasource. A released device stays in the list with 0 datapoints. `next` is the `cursor` of the next page.',
  params: oneAccount,
  query: z.strictObject({ text: searchText, cursor, limit }),
  answer: showAllocations.answer,
  errors: ['not_found'],
});

export const downloadAllocations = downloadRoute({
  method: 'get',
  path: '/accounts/{accountId}/allocations.csv',
  action: 'download_allocations',
  summary: 'Download all allocations of the list as CSV',
  params: oneAccount,
  query: z.strictObject({ text: searchText }),
  produces: 'text/csv',
  errors: ['not_found'],
});

/** One e-mail to one recipient. */
export const accountEmail = z.object({
  deliveryId: uuid,
  noticeId: uuid,
  kind: growing(noticeKinds),
  /** Of a reminder (`P1M`); null for every other kind. */
  offset: z.string().nullable(),
  termNumber: z.int().nullable(),
  applicationId: uuid.nullable(),
  recipient: z.object({ name: z.string().nullable(), email: z.string() }),
  /** When it was due, on the account's clock. */
  dueAt: instant,
  sentAt: instant.nullable(),
  status: deliveryView.shape.status,
  /** Why it ended in this status. */
  reason: z.string().nullable(),
  /** Since then, only the record that it was sent is left: the recipient's address is a placeholder. */
  contentsRemovedAt: deliveryView.shape.contentsRemovedAt,
});

export const seeEmails = route({
  method: 'get',
  path: '/accounts/{accountId}/emails',
  action: 'see_emails',
  summary: 'List the e-mails about an account',
  description:
    'One entry for each recipient of each notice, latest notice first. Notices that were sent to nobody appear only in the timeline.',
  params: oneAccount,
  answer: z.object({ items: z.array(accountEmail) }),
  errors: ['not_found'],
});

export const downloadEmails = downloadRoute({
  method: 'get',
  path: '/accounts/{accountId}/emails.csv',
  action: 'download_emails',
  summary: 'Download the e-mails about an account as CSV',
  params: oneAccount,
  produces: 'text/csv',
  errors: ['not_found'],
});
