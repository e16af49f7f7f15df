import { auditAuthor, auditEntry, cursor, limit, uuid } from '@tenure/contracts';
import { z } from 'zod';
import { oneAccount, oneOrganization } from '../routes/params.js';
import { downloadRoute, route } from '../routes/route.js';

/** Who did something, as it is shown: a member by name, a service by its own, `operator` for somebody at a terminal. */
export const shownAuditEntry = auditEntry.omit({ memberId: true }).extend({
  by: z.object({ kind: auditAuthor.shape.kind, name: z.string(), memberId: uuid.nullable() }),
  member: z
    .object({ memberId: uuid, name: z.string() })
    .nullable()
    .describe('The member whom it is about, where that is another than who did it.'),
});

const page = z.strictObject({ cursor, limit });
const trail = z.object({ items: z.array(shownAuditEntry), next: z.string().nullable() });
const paging = 'Latest first; `next` is the `cursor` of the following page.';
const asTable = {
  summary: 'All of it as CSV',
  description:
    'The columns `before` and `after` hold JSON. What a spreadsheet would take for a formula has an apostrophe in front, also after a semicolon or a line break.',
  produces: 'text/csv',
} as const;
const asLines = { summary: 'All of it as JSON, one entry a line', produces: 'application/x-ndjson' } as const;

export const seeAudit = route({
  method: 'get',
  path: '/accounts/{accountId}/audit',
  action: 'see_audit',
  summary: 'Who did what about an account',
  description: `Everything that is on record about an account, from its application on: by whom, when, how it was before and after, by which application. ${paging} Times are real ones, also where an account’s clock is ahead.`,
  params: oneAccount,
  query: page,
  answer: trail,
  errors: ['not_found'],
});

export const downloadAuditTable = downloadRoute({
  method: 'get',
  path: '/accounts/{accountId}/audit.csv',
  action: 'download_audit_table',
  ...asTable,
  params: oneAccount,
  errors: ['not_found'],
});

export const downloadAuditLines = downloadRoute({
  method: 'get',
  path: '/accounts/{accountId}/audit.ndjson',
  action: 'download_audit_lines',
  ...asLines,
  params: oneAccount,
  errors: ['not_found'],
});

export const seeOrganizationAudit = route({
  method: 'get',
  path: '/organizations/{organizationId}/audit',
  action: 'see_organization_audit',
  summary: 'Who changed what about an organization',
  description: `Its members and their roles, its reminders, e-mail domains, marked addresses, calendars and other settings: by whom, when, how it was before and after. What is about one of its accounts is on record there. ${paging} A SuperAdmin sees the own organization's, Customer Success any.`,
  params: oneOrganization,
  query: page,
  answer: trail,
  errors: ['not_found'],
});

export const downloadOrganizationAuditTable = downloadRoute({
  method: 'get',
  path: '/organizations/{organizationId}/audit.csv',
  action: 'download_organization_audit_table',
  ...asTable,
  params: oneOrganization,
  errors: ['not_found'],
});

export const downloadOrganizationAuditLines = downloadRoute({
  method: 'get',
  path: '/organizations/{organizationId}/audit.ndjson',
  action: 'download_organization_audit_lines',
  ...asLines,
  params: oneOrganization,
  errors: ['not_found'],
});
