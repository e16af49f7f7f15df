import {
  accountFilter,
  accountTimeline,
  accountView,
  cursor,
  limit,
  listAccountNames,
  listZone,
} from '@tenure/contracts';
import { z } from 'zod';
import { downloadRoute, route } from '../routes/route.js';
import { oneAccount } from '../routes/params.js';

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

export const downloadAccounts = downloadRoute({
  method: 'get',
  path: '/accounts.csv',
  action: 'download_accounts',
  summary: 'The same accounts as CSV, all of them',
  query: accountFilter,
  produces: 'text/csv',
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
