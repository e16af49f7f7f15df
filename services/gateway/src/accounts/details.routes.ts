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
  summary: 'Which device uses how many datapoints of an account',
  description:
    'By device; with `text`, those of whose device or datasource it is a part. A released device has 0, and stays. `next` is the `cursor` of the following page.',
  params: oneAccount,
  query: z.strictObject({ text: searchText, cursor, limit }),
  answer: showAllocations.answer,
  errors: ['not_found'],
});

export const downloadAllocations = downloadRoute({
  method: 'get',
  path: '/accounts/{accountId}/allocations.csv',
  action: 'download_allocations',
  summary: 'The same allocations as CSV, all of them',
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
  /** A reminder's (`P1M`); null for all else. */
  offset: z.string().nullable(),
  termNumber: z.int().nullable(),
  applicationId: uuid.nullable(),
  recipient: z.object({ name: z.string().nullable(), email: z.string() }),
  /** When it was due, in the account's clock. */
  dueAt: instant,
  sentAt: instant.nullable(),
  status: deliveryView.shape.status,
  /** Why it ended as it did. */
  reason: z.string().nullable(),
});

export const seeEmails = route({
  method: 'get',
  path: '/accounts/{accountId}/emails',
  action: 'see_emails',
  summary: 'The e-mails about an account',
  description:
    'One for each recipient, of the latest 500 notices, latest first. Notices that were not sent to anybody are in the timeline.',
  params: oneAccount,
  answer: z.object({ items: z.array(accountEmail) }),
  errors: ['not_found'],
});

export const downloadEmails = downloadRoute({
  method: 'get',
  path: '/accounts/{accountId}/emails.csv',
  action: 'download_emails',
  summary: 'The same e-mails as CSV',
  params: oneAccount,
  produces: 'text/csv',
  errors: ['not_found'],
});
