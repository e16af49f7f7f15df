import { definedOnly, readChoice } from '../app/address.js';
import { readZoneSearch, type ZoneSearch } from '../zones/account-search.js';

/** What an account's page shows below its figures, one at a time. */
export const accountParts = ['timeline', 'allocations', 'applications', 'emails', 'recipients', 'audit'] as const;
export type AccountPart = (typeof accountParts)[number];

/** What the address of an account's page, and of its forms, may say: besides its part, the list from which one came. */
export interface AccountPageSearch extends ZoneSearch {
  /** Absent: the timeline. */
  show?: AccountPart;
}

export function readAccountPageSearch(address: Record<string, unknown>): AccountPageSearch {
  return {
    ...readZoneSearch(address),
    ...definedOnly<AccountPageSearch>({ show: readChoice(address.show, accountParts) }),
  };
}
