import { readChoice } from '../app/address.js';
import { readAccountSearch, type AccountSearch } from '../zones/account-search.js';

/** What the address of every organization's accounts may say. */
export interface ReviewSearch extends AccountSearch {
  /** Absent: active. */
  zone?: 'expired';
}

export function readReviewSearch(address: Record<string, unknown>): ReviewSearch {
  const zone = readChoice(address.zone, ['expired'] as const);
  return { ...readAccountSearch(address), ...(zone && { zone }) };
}
