import { accountsQuery, applicationsQuery } from '../api/queries.js';

/** So many of each list stand on an organization's page; the rest, and how many there are, in the list itself. */
const limit = 5;

/** Whoever has so many days left, and nothing that is pending, is about to be forgotten: the first reminder is a month before. */
export const endingWithinDays = 30;

/** The lists of an organization of which its page shows the beginning, and counts all. */
export function listsOf(organizationId: string) {
  const all = { organizationId, limit };
  return {
    active: accountsQuery({ zone: 'active', ...all }),
    expired: accountsQuery({ zone: 'expired', ...all }),
    ending: accountsQuery({ zone: 'active', expiresWithinDays: endingWithinDays, pending: false, ...all }),
    pending: applicationsQuery({ status: 'pending', ...all }),
    decided: applicationsQuery({ status: 'decided', sort: 'decided_at', ...all }),
  };
}
