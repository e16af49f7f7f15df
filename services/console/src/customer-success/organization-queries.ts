import { linkOptions } from '@tanstack/react-router';
import { accountsQuery, applicationsQuery } from '../api/queries.js';

/** Rows of each list on an organization's page; the list itself has the rest and their count. */
const limit = 5;

/**
 * An account with at most this many days left and no pending renewal may have been forgotten: the first reminder is
 * sent a month before.
 */
const endingWithinDays = 30;

/** The lists whose first rows an organization's page shows and which it counts, and the way to each. */
export function listsOf(organizationId: string) {
  const all = { organizationId, limit };
  const search = { organization: organizationId };
  return {
    active: {
      query: accountsQuery({ zone: 'active', ...all }),
      way: linkOptions({ to: '/customer-success/accounts', search }),
    },
    expired: {
      query: accountsQuery({ zone: 'expired', ...all }),
      way: linkOptions({ to: '/customer-success/accounts', search: { ...search, zone: 'expired' } }),
    },
    ending: {
      query: accountsQuery({ zone: 'active', expiresWithinDays: endingWithinDays, renewalPending: false, ...all }),
      way: linkOptions({
        to: '/customer-success/accounts',
        search: { ...search, within: endingWithinDays, pending: 'no_renewal' },
      }),
    },
    pending: {
      query: applicationsQuery({ status: 'pending', ...all }),
      way: linkOptions({ to: '/customer-success', search }),
    },
    decided: {
      query: applicationsQuery({ status: 'decided', sort: 'decided_at', ...all }),
      way: linkOptions({ to: '/customer-success/decided', search }),
    },
  };
}

export type WayToList = ReturnType<typeof listsOf>[keyof ReturnType<typeof listsOf>]['way'];
