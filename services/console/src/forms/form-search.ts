import { readAccountPageSearch, type AccountPageSearch } from '../account/account-parts.js';
import { definedOnly, readChoice, readId } from '../app/address.js';
import { readApplicationSearch, type ApplicationSearch } from '../applications/application-search.js';
import { readAccountSearch, type AccountSearch } from '../zones/account-search.js';

interface AgainSearch {
  /** The application that came to nothing, and is sent again: the form begins with what it asked for. */
  again?: string;
}

/** What the address of a form about an account may say: also what narrowed the list of applications, if it sends one again. */
export interface ChangeSearch extends AccountPageSearch, ApplicationSearch, AgainSearch {}

/** What the address of the form of a new account may say: also what narrowed the zone from which one came. */
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
