import { definedOnly, readText } from '../app/address.js';

/** What the address of the form of a new account may say. */
export interface NewAccountSearch {
  /** The application that ended without an account, and is sent again: the form begins with what it asked for. */
  again?: string;
}

export function readNewAccountSearch(address: Record<string, unknown>): NewAccountSearch {
  return definedOnly({ again: readText(address.again) });
}
