import { definedOnly, readChoice, readId, readSearchText, readText, readWhole } from '../app/address.js';

export type ZoneName = 'active' | 'expired';

/** The search parameters of a list of accounts. */
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

/** One of the two lists of accounts, and its filters. */
export interface ZoneSearch extends AccountSearch {
  /** Absent: active. */
  zone?: 'expired';
}

/** Ignores any other search parameters. */
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

/**
 * The list that contains the account. It keeps the filters only if it is the list that the reader came from: those of
 * the other list do not apply to it.
 */
export function wayBack({ zone, ...narrowed }: ZoneSearch, now: ZoneName): ZoneSearch {
  const list: ZoneSearch = now === 'expired' ? { zone: 'expired' } : {};
  return list.zone === zone ? { ...narrowed, ...list } : list;
}
