import { linkOptions } from '@tanstack/react-router';
import { accountsQuery, applicationsQuery } from '../api/queries.js';

/** So many of each list stand on an organization's page; the rest, and how many there are, in the list itself. */
const limit = 5;

/** Whatever has so many days left, and no renewal that is pending, is about to be forgotten: the first reminder is a month before. */
const endingWithinDays = 30;

/** The lists of an organization of which its page shows the beginning, and counts all; and the way to the whole of each. */
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
