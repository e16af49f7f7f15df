import { definedOnly, readChoice, readId, readSearchText, readText, readWhole } from '../app/address.js';

export type ZoneName = 'active' | 'expired';

/** The search parameters of a list of accounts. */
export type AccountSearch = ReturnType<typeof readAccountSearch>;

export function readAccountSearch(address: Record<string, unknown>) {
  return definedOnly({
    text: readSearchText(address.text),
    license: readText(address.license),
    sort: readChoice(address.sort, ['expires_on', 'account_name', 'left']),
    order: readChoice(address.order, ['asc', 'desc']),
    within: readWhole(address.within, [7, 30]),
    pending: readChoice(address.pending, ['yes', 'no', 'no_renewal']),
    organization: readId(address.organization),
    cursor: readText(address.cursor),
  });
}

/** One of the two lists of accounts, and its filters. */
export type ZoneSearch = ReturnType<typeof readZoneSearch>;

export function readZoneSearch(address: Record<string, unknown>) {
  return {
    ...readAccountSearch(address),
    /** Absent: active. */
    ...definedOnly({ zone: readChoice(address.zone, ['expired']) }),
  };
}

/**
 * The list that contains the account. It keeps the filters only if it is the list that the reader came from: those of
 * the other list do not apply to it.
 */
export function wayBack({ zone, ...narrowed }: ZoneSearch, now: ZoneName): ZoneSearch {
  const list: ZoneSearch = now === 'expired' ? { zone: 'expired' } : {};
  return list.zone === zone ? { ...narrowed, ...list } : list;
}
