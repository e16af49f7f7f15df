import { cursor, limit, shownAuditEntry } from '@tenure/contracts';
import { z } from 'zod';
import { oneAccount, oneOrganization } from '../routes/params.js';
import { downloadRoute, route } from '../routes/route.js';

const page = z.strictObject({ cursor, limit });
const trail = z.object({ items: z.array(shownAuditEntry), next: z.string().nullable() });
const paging = 'Latest first; `next` is the `cursor` of the next page.';
const asTable = {
  description:
    'The columns `before` and `after` hold JSON. Text that a spreadsheet would read as a formula is prefixed with an apostrophe, also after a semicolon or a line break.',
  produces: 'text/csv',
} as const;

export const seeAudit = route({
  method: 'get',
  path: '/accounts/{accountId}/audit',
  action: 'see_audit',
  summary: "List an account's audit trail",
  description: `Every recorded action on an account, from its application on: who did it, when, the values before and after, and the application that caused it. ${paging} Times are real times, even if the account's clock is ahead.`,
  params: oneAccount,
  query: page,
  answer: trail,
  errors: ['not_found'],
});

export const downloadAuditTable = downloadRoute({
  method: 'get',
  path: '/accounts/{accountId}/audit.csv',
  action: 'download_audit_table',
  summary: "Download an account's audit trail as CSV",
  ...asTable,
  params: oneAccount,
  errors: ['not_found'],
});

export const downloadAuditLines = downloadRoute({
  method: 'get',
  path: '/accounts/{accountId}/audit.ndjson',
  action: 'download_audit_lines',
  summary: "Download an account's audit trail as JSON, one entry per line",
  produces: 'application/x-ndjson',
  params: oneAccount,
  errors: ['not_found'],
});

export const seeOrganizationAudit = route({
  method: 'get',
  path: '/organizations/{organizationId}/audit',
  action: 'see_organization_audit',
  summary: "List an organization's audit trail",
  description: `Every recorded change to its members and their roles, its reminders, email domains, marked addresses, calendars and other settings: who made it, when, and the values before and after. Changes to one of its accounts are in that account's trail. ${paging} A SuperAdmin sees the trail of their organization, Customer Success that of any.`,
  params: oneOrganization,
  query: page,
  answer: trail,
  errors: ['not_found'],
});

export const downloadOrganizationAuditTable = downloadRoute({
  method: 'get',
  path: '/organizations/{organizationId}/audit.csv',
  action: 'download_organization_audit_table',
  summary: "Download an organization's audit trail as CSV",
  ...asTable,
  params: oneOrganization,
  errors: ['not_found'],
});

export const downloadOrganizationAuditLines = downloadRoute({
  method: 'get',
  path: '/organizations/{organizationId}/audit.ndjson',
  action: 'download_organization_audit_lines',
  summary: "Download an organization's audit trail as JSON, one entry per line",
  produces: 'application/x-ndjson',
  params: oneOrganization,
  errors: ['not_found'],
});
