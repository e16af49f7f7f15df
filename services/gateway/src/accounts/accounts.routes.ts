import {
  accountFilter,
  accountView,
  cursor,
  deliveryView,
  instant,
  limit,
  listAccountNames,
  listZone,
  showTimeline,
  uuid,
} from '@tenure/contracts';
import { z } from 'zod';
import { route } from '../routes/route.js';

const oneAccount = z.strictObject({ accountId: uuid });

export const seeAccounts = route({
  method: 'get',
  path: '/accounts',
  action: 'list_accounts',
  summary: 'Active or expired accounts',
  description:
    "A SuperAdmin sees the own organization's, Customer Success all. A page at a time: `next` is the `cursor` of the following one.",
  query: z.strictObject({ ...accountFilter.shape, cursor, limit }),
  answer: listZone.answer,
});

export const seeAccountNames = route({
  method: 'get',
  path: '/accounts/names',
  action: 'list_account_names',
  summary: "The names of my organization's active accounts",
  query: z.strictObject({ cursor, limit }),
  answer: listAccountNames.answer,
});

export const seeAccount = route({
  method: 'get',
  path: '/accounts/{accountId}',
  action: 'see_account',
  summary: 'One account',
  description: 'License, datapoints contracted, used and left, expiry, and what is pending.',
  params: oneAccount,
  answer: accountView,
  errors: ['not_found'],
});

export const timelineMoment = z.object({
  /** The key of its notice. */
  key: z.string(),
  /** A reminder's offset (`P1M`), `expired`, or what happened to an application. */
  kind: z.string(),
  termNumber: z.int().nullable(),
  applicationId: uuid.nullable(),
  /** When it is or was due, in the account's clock. */
  at: instant,
  status: z.enum(['planned', 'sent', 'failed', 'skipped', 'not_applicable']),
  reason: z.string().nullable(),
  sentAt: instant.nullable(),
  deliveries: z.array(deliveryView),
});

export const accountTimeline = z.object({
  accountId: uuid,
  now: instant,
  timeZone: z.string(),
  validUntil: instant,
  terms: showTimeline.answer.shape.terms,
  moments: z.array(timelineMoment),
});

export const seeTimeline = route({
  method: 'get',
  path: '/accounts/{accountId}/timeline',
  action: 'see_timeline',
  summary: 'What was sent about an account, and what will be',
  description:
    'Every moment of every term, earliest first, with what became of it, and the e-mails about applications.',
  params: oneAccount,
  answer: accountTimeline,
  errors: ['not_found'],
});
