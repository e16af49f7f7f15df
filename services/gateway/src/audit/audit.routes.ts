import { auditAuthor, auditEntry, cursor, limit, uuid } from '@tenure/contracts';
import { z } from 'zod';
import { downloadRoute, route } from '../routes/route.js';
import { oneAccount } from '../routes/params.js';

/** Who did something, as it is shown: a member by name, a service by its own, `operator` for somebody at a terminal. */
export const shownAuditEntry = auditEntry.extend({
  by: z.object({ kind: auditAuthor.shape.kind, name: z.string(), memberId: uuid.nullable() }),
});

export const seeAudit = route({
  method: 'get',
  path: '/accounts/{accountId}/audit',
  action: 'see_audit',
  summary: 'Who did what about an account',
  description:
    'Everything that is on record about an account, from its application on: by whom, when, how it was before and after, by which application. Latest first; `next` is the `cursor` of the following page. Times are real ones, also where an account’s clock is ahead.',
  params: oneAccount,
  query: z.strictObject({ cursor, limit }),
  answer: z.object({ items: z.array(shownAuditEntry), next: z.string().nullable() }),
  errors: ['not_found'],
});

export const downloadAuditTable = downloadRoute({
  method: 'get',
  path: '/accounts/{accountId}/audit.csv',
  action: 'download_audit_table',
  summary: 'All of it as CSV',
  description:
    'The columns `before` and `after` hold JSON. What a spreadsheet would take for a formula has an apostrophe in front, also after a semicolon or a line break.',
  params: oneAccount,
  produces: 'text/csv',
  errors: ['not_found'],
});

export const downloadAuditLines = downloadRoute({
  method: 'get',
  path: '/accounts/{accountId}/audit.ndjson',
  action: 'download_audit_lines',
  summary: 'All of it as JSON, one entry a line',
  params: oneAccount,
  produces: 'application/x-ndjson',
  errors: ['not_found'],
});
