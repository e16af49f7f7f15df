import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import * as calls from './calls.js';
import { retryInterval } from './query-client.js';

/** The cached queries of the API. A key starts with its subject, so that a change can name what to refetch. */
export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: calls.session, staleTime: Infinity });

const catalog = { staleTime: 60 * 60_000 } as const;
export const licensesQuery = queryOptions({ queryKey: ['catalog', 'licenses'], queryFn: calls.licenses, ...catalog });
export const sectorsQuery = queryOptions({ queryKey: ['catalog', 'sectors'], queryFn: calls.sectors, ...catalog });
export const countriesQuery = queryOptions({
  queryKey: ['catalog', 'countries'],
  queryFn: calls.countries,
  ...catalog,
});
export const emailDomainsQuery = queryOptions({ queryKey: ['catalog', 'domains'], queryFn: calls.emailDomains });

/** Under the key of the list, so that a change of one refetches both. */
export const emailDomainQuery = (domain: string) =>
  queryOptions({
    queryKey: ['catalog', 'domains', domain],
    queryFn: ({ signal }) => calls.emailDomain(domain, signal),
  });

export const accountNamesQuery = infiniteQueryOptions({
  queryKey: ['accounts', 'names'],
  queryFn: ({ pageParam, signal }) => calls.accountNames({ cursor: pageParam }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
});

export const organizationsQuery = (query: calls.OrganizationsQuery) =>
  queryOptions({
    queryKey: ['organizations', query],
    queryFn: ({ signal }) => calls.organizations(query, signal),
    placeholderData: keepPreviousData,
  });
export const organizationQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['organization', organizationId],
    queryFn: ({ signal }) => calls.organization(organizationId, signal),
  });
export const organizationMembersQuery = (organizationId: string, query: { cursor?: string | undefined }) =>
  queryOptions({
    queryKey: ['organization', organizationId, 'members', query],
    queryFn: ({ signal }) => calls.organizationMembers(organizationId, query, signal),
    placeholderData: keepPreviousData,
  });
/** Next to the organization's own: a change of a domain, a mark or a policy refetches these as well. */
export const organizationDomainsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: [...emailDomainsQuery.queryKey, 'of', organizationId],
    queryFn: ({ signal }) => calls.organizationDomains(organizationId, signal),
  });
export const organizationDomainQuery = (organizationId: string, domain: string) =>
  queryOptions({
    queryKey: [...emailDomainsQuery.queryKey, 'of', organizationId, domain],
    queryFn: ({ signal }) => calls.organizationDomain(organizationId, domain, signal),
  });
export const organizationMarksQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['marked-addresses', organizationId],
    queryFn: ({ signal }) => calls.organizationMarks(organizationId, signal),
  });
export const organizationPolicyQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['policy', organizationId],
    queryFn: ({ signal }) => calls.organizationPolicy(organizationId, signal),
  });

/** A list keeps showing the previous rows until the new ones have arrived. */
export const accountsQuery = (query: calls.AccountsQuery) =>
  queryOptions({
    queryKey: ['accounts', 'list', query],
    queryFn: ({ signal }) => calls.accounts(query, signal),
    placeholderData: keepPreviousData,
  });
export const applicationsQuery = (query: calls.ApplicationsQuery) =>
  queryOptions({
    queryKey: ['applications', 'list', query],
    queryFn: ({ signal }) => calls.applications(query, signal),
    placeholderData: keepPreviousData,
  });

/** Under the key of the lists, so that a change of an application refetches both. */
export const summaryQuery = (query: calls.SummaryQuery) =>
  queryOptions({
    queryKey: ['applications', 'summary', query],
    queryFn: ({ signal }) => calls.applicationSummary(query, signal),
    placeholderData: keepPreviousData,
  });

export const accountQuery = (accountId: string) =>
  queryOptions({ queryKey: ['account', accountId], queryFn: ({ signal }) => calls.account(accountId, signal) });
export const timelineQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'timeline'],
    queryFn: ({ signal }) => calls.timeline(accountId, signal),
  });
export const recipientsQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'recipients'],
    queryFn: ({ signal }) => calls.accountRecipients(accountId, signal),
  });
/** Under the common key of deliveries, so that any change of one refetches it. */
export const deliveryQuery = (deliveryId: string) =>
  queryOptions({
    queryKey: ['deliveries', 'one', deliveryId],
    queryFn: ({ signal }) => calls.delivery(deliveryId, signal),
  });
export const unclearDeliveriesQuery = (query: calls.UnclearQuery) =>
  queryOptions({
    queryKey: ['deliveries', 'unclear', query],
    queryFn: ({ signal }) => calls.unclearDeliveries(query, signal),
    placeholderData: keepPreviousData,
  });
export const deliveriesToQuery = (email: string, query: { cursor?: string | undefined }) =>
  queryOptions({
    queryKey: ['deliveries', 'to', email, query],
    queryFn: ({ signal }) => calls.deliveriesTo({ email, ...query }, signal),
    placeholderData: keepPreviousData,
  });
export const markedAddressesQuery = queryOptions({
  queryKey: ['marked-addresses'],
  queryFn: ({ signal }) => calls.markedAddresses(signal),
});
export const fallbackAddressQuery = queryOptions({
  queryKey: ['fallback-address'],
  queryFn: ({ signal }) => calls.fallbackAddress(signal),
});
export const allocationsQuery = (
  accountId: string,
  query: { text?: string | undefined; cursor?: string | undefined },
) =>
  queryOptions({
    queryKey: ['account', accountId, 'allocations', query],
    queryFn: ({ signal }) => calls.allocations(accountId, query, signal),
    placeholderData: keepPreviousData,
  });
export const auditQuery = (of: calls.AuditedKind, id: string, query: calls.AuditQuery) =>
  queryOptions({
    queryKey: [of, id, 'audit', query],
    queryFn: ({ signal }) => calls.audit(calls.auditPath(of, id), query, signal),
    placeholderData: keepPreviousData,
  });
export const applicationQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['application', applicationId],
    queryFn: ({ signal }) => calls.application(applicationId, signal),
  });
export const applicationEmailsQuery = (applicationId: string, query: { cursor?: string | undefined }) =>
  queryOptions({
    queryKey: ['application', applicationId, 'emails', query],
    queryFn: ({ signal }) => calls.applicationEmails(applicationId, query, signal),
    placeholderData: keepPreviousData,
  });
/** The checks that an approval would face now. */
export const checkQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['application', applicationId, 'check'],
    queryFn: async ({ signal }) => (await calls.checks([applicationId], signal)).items[0] ?? null,
  });
/** The same for the rows of a list. */
export const checksQuery = (applicationIds: readonly string[]) =>
  queryOptions({
    queryKey: ['applications', 'checks', applicationIds],
    queryFn: ({ signal }) => calls.checks(applicationIds, signal),
    placeholderData: keepPreviousData,
  });

/** The organization's reminders. While a change of them is being applied, its progress is fetched every second. */
export const policyQuery = queryOptions({
  queryKey: ['policy', 'own'],
  queryFn: calls.policy,
  refetchInterval: (query) => (query.state.data?.change?.state === 'applying' ? 1_000 : retryInterval(query)),
});

export const calendarsQuery = queryOptions({ queryKey: ['calendars'], queryFn: calls.calendars });

export const noticeWishesQuery = queryOptions({ queryKey: ['notice-wishes'], queryFn: calls.noticeWishes });
