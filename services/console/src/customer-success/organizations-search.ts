import { definedOnly, readId, readSearchText, readText } from '../app/address.js';

/** The search parameters of the list of organizations, and of an organization that was opened from it. */
export type OrganizationsSearch = ReturnType<typeof readOrganizationsSearch>;

export function readOrganizationsSearch(address: Record<string, unknown>) {
  return definedOnly({ text: readSearchText(address.text), cursor: readText(address.cursor) });
}

/** The search parameters of the e-mails page: the organization whose unclear e-mails are shown. */
export function readEmailsSearch(address: Record<string, unknown>) {
  return definedOnly({ organization: readId(address.organization) });
}
