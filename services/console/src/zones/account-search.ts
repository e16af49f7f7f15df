import { definedOnly, readChoice, readId, readSearchText, readText, readWhole } from '../app/address.js';

export type ZoneName = 'active' | 'expired';

/** What the address of a list of accounts may say. */
export interface AccountSearch {
  text?: string;
  license?: string;
  sort?: 'expires_on' | 'account_name' | 'left';
  order?: 'asc' | 'desc';
  within?: 7 | 30;
  pending?: 'yes' | 'no' | 'no_renewal';
  organization?: string;
  cursor?: string;
}

/** One of the two lists of accounts, and what it was narrowed to. */
export interface ZoneSearch extends AccountSearch {
  /** Absent: active. */
  zone?: 'expired';
}

/** Anything else in the address is as if it were not there. */
export function readAccountSearch(address: Record<string, unknown>): AccountSearch {
  return definedOnly({
    text: readSearchText(address.text),
    license: readText(address.license),
    sort: readChoice(address.sort, ['expires_on', 'account_name', 'left'] as const),
    order: readChoice(address.order, ['asc', 'desc'] as const),
    within: readWhole(address.within, [7, 30] as const),
    pending: readChoice(address.pending, ['yes', 'no', 'no_renewal'] as const),
    organization: readId(address.organization),
    cursor: readText(address.cursor),
  });
}

export function readZoneSearch(address: Record<string, unknown>): ZoneSearch {
  return { ...readAccountSearch(address), ...definedOnly<ZoneSearch>({ zone: readChoice(address.zone, ['expired']) }) };
}

/** The list in which an account is, narrowed as the one that one came from; what narrowed the other list says nothing of this one. */
export function wayBack({ zone, ...narrowed }: ZoneSearch, now: ZoneName): ZoneSearch {
  const list: ZoneSearch = now === 'expired' ? { zone: 'expired' } : {};
  return list.zone === zone ? { ...narrowed, ...list } : list;
}
