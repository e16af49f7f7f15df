import { definedOnly, readChoice } from '../app/address.js';
import { readZoneSearch } from '../zones/account-search.js';

/** What an account's page shows below its figures, one at a time. */
export const accountParts = ['timeline', 'allocations', 'applications', 'emails', 'recipients', 'audit'] as const;
export type AccountPart = (typeof accountParts)[number];

/**
 * The search parameters of an account's page and its forms: the chosen part, and the list that the reader came from.
 */
export type AccountPageSearch = ReturnType<typeof readAccountPageSearch>;

export function readAccountPageSearch(address: Record<string, unknown>) {
  return {
    ...readZoneSearch(address),
    /** Absent: the timeline. */
    ...definedOnly({ show: readChoice(address.show, accountParts) }),
  };
}
