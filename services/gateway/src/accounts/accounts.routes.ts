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
  summary: 'List active or expired accounts',
  description:
    'A SuperAdmin sees the accounts of their organization, Customer Success those of all. `next` is the `cursor` of the next page.',
  query: z.strictObject({ ...accountFilter.shape, cursor, limit }),
  answer: listZone.answer,
});

export const downloadAccounts = downloadRoute({
  method: 'get',
  path: '/accounts.csv',
  action: 'download_accounts',
  summary: 'Download all accounts of the list as CSV',
  query: accountFilter,
  produces: 'text/csv',
});

export const seeAccountNames = route({
  method: 'get',
  path: '/accounts/names',
  action: 'list_account_names',
  summary: "List the names of my organization's active accounts",
  query: z.strictObject({ cursor, limit }),
  answer: listAccountNames.answer,
});

export const seeAccount = route({
  method: 'get',
  path: '/accounts/{accountId}',
  action: 'see_account',
  summary: 'Get an account',
  description:
    'Includes its license, its contracted, used and left datapoints, its expiry and its pending applications.',
  params: oneAccount,
  answer: accountView,
  errors: ['not_found'],
});

export const seeTimeline = route({
  method: 'get',
  path: '/accounts/{accountId}/timeline',
  action: 'see_timeline',
  summary: "Get an account's timeline",
  description:
    'Every past and planned moment of every term, earliest first, with its outcome, and the notices about applications.',
  params: oneAccount,
  answer: accountTimeline,
  errors: ['not_found'],
});
