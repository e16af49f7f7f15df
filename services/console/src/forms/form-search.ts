import { readAccountPageSearch } from '../account/account-parts.js';
import { definedOnly, readChoice, readId } from '../app/address.js';
import { readApplicationSearch } from '../applications/application-search.js';
import { readAccountSearch } from '../zones/account-search.js';

/**
 * The search parameters of a form about an account, including the filters of the list of applications if one is being
 * sent again.
 */
export type ChangeSearch = ReturnType<typeof readChangeSearch>;

export function readChangeSearch(address: Record<string, unknown>) {
  return { ...readAccountPageSearch(address), ...readApplicationSearch(address), ...readAgain(address) };
}

/** The search parameters of the form for a new account, including the filters of the zone that the user came from. */
export function readNewAccountSearch(address: Record<string, unknown>) {
  return {
    ...readAccountSearch(address),
    ...readApplicationSearch(address),
    ...readAgain(address),
    /** Absent: active. */
    ...definedOnly({ from: readChoice(address.from, ['expired', 'applications']) }),
  };
}

/** The application that came to nothing and is being sent again: it prefills the form. */
function readAgain({ again }: Record<string, unknown>) {
  return definedOnly({ again: readId(again) });
}
