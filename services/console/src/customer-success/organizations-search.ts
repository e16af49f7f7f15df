import { definedOnly, readId, readSearchText, readText } from '../app/address.js';

/** What the address of the list of organizations may say, and that of one of them: which list one came from. */
export interface OrganizationsSearch {
  text?: string;
  cursor?: string;
}

export function readOrganizationsSearch(address: Record<string, unknown>): OrganizationsSearch {
  return definedOnly({ text: readSearchText(address.text), cursor: readText(address.cursor) });
}

/** What the address of the e-mails may say: of which organization those are that somebody has to look at. */
export interface EmailsSearch {
  organization?: string;
}

export function readEmailsSearch(address: Record<string, unknown>): EmailsSearch {
  return definedOnly({ organization: readId(address.organization) });
}
