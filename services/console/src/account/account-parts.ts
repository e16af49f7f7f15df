import { definedOnly, readChoice } from '../app/address.js';

/** What an account's page shows below its figures, one at a time. */
export const accountParts = ['timeline', 'allocations', 'applications', 'emails', 'recipients', 'audit'] as const;
export type AccountPart = (typeof accountParts)[number];

/** What the address of an account's page may say; the timeline is shown unless it says otherwise. */
export interface AccountPageSearch {
  show?: AccountPart;
}

export function readAccountPageSearch(address: Record<string, unknown>): AccountPageSearch {
  return definedOnly({ show: readChoice(address.show, accountParts) });
}
