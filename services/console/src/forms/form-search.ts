import { readAccountPageSearch, type AccountPageSearch } from '../account/account-parts.js';
import { definedOnly, readChoice, readId } from '../app/address.js';
import { readApplicationSearch, type ApplicationSearch } from '../applications/application-search.js';
import { readAccountSearch, type AccountSearch } from '../zones/account-search.js';

interface AgainSearch {
  /** The application that came to nothing and is being sent again: it prefills the form. */
  again?: string;
}

/**
 * The search parameters of a form about an account, including the filters of the list of applications if one is being
 * sent again.
 */
export interface ChangeSearch extends AccountPageSearch, ApplicationSearch, AgainSearch {}

/** The search parameters of the form for a new account, including the filters of the zone that the user came from. */
export interface NewAccountSearch extends AccountSearch, ApplicationSearch, AgainSearch {
  /** Absent: active. */
  from?: 'expired' | 'applications';
}

export function readChangeSearch(address: Record<string, unknown>): ChangeSearch {
  return { ...readAccountPageSearch(address), ...readApplicationSearch(address), ...readAgain(address) };
}

export function readNewAccountSearch(address: Record<string, unknown>): NewAccountSearch {
  return {
    ...readAccountSearch(address),
    ...readApplicationSearch(address),
    ...readAgain(address),
    ...definedOnly<NewAccountSearch>({ from: readChoice(address.from, ['expired', 'applications'] as const) }),
  };
}

function readAgain({ again }: Record<string, unknown>): AgainSearch {
  return definedOnly<AgainSearch>({ again: readId(again) });
}
