import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  AccountRecipients,
  AccountTimeline,
  AccountView,
  AllocationView,
  AnswerOf,
  ApplicationView,
  AskOf,
  CalendarAddresses,
  checkApplications,
  CountryList,
  DeliveryDetails,
  DeliverySummary,
  EmailDomainDetails,
  FallbackAddress,
  findOrganizations,
  listAccountNames,
  listApplications,
  listDeliveries,
  listEmailDomains,
  listLicenses,
  listMarkedAddresses,
  listSectors,
  listZone,
  NamedDelivery,
  NoticeWishes,
  OrganizationDetails,
  OrganizationMember,
  PolicyView,
  Request,
  SessionView,
  ShownAuditEntry,
  summarizeApplications,
} from '@tenure/contracts';
import { get, type Query } from './http.js';
import { retryInterval } from './query-client.js';

type Asked<M extends Request> = Omit<AskOf<M>, 'actor'>;
export type AccountsQuery = Asked<typeof listZone>;
export type ApplicationsQuery = Asked<typeof listApplications>;
export type FoundOrganization = AnswerOf<typeof findOrganizations>['items'][number];
export type SummaryQuery = Asked<typeof summarizeApplications>;

/** What has an audit trail of its own. */
export type AuditedKind = 'account' | 'organization';
export const auditPath = (of: AuditedKind, id: string) => `/api/${of}s/${id}/audit`;

export interface Page<T> {
  items: T[];
  next: string | null;
  count: number;
}

/** Where a page of a list begins, and how many entries it has. */
type Place = { cursor?: string | undefined; limit?: number | undefined };

/** Gets an answer; the request is canceled once nobody waits for it. */
const answer =
  <A>(path: string, query?: Query) =>
  ({ signal }: { signal: AbortSignal }) =>
    get<A>(path, query, signal);

/** The cached queries of the API. A key starts with its subject, so that a change can name what to refetch. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => get<SessionView>('/auth/session'),
  staleTime: Infinity,
});

const catalog = { staleTime: 60 * 60_000 } as const;
export const licensesQuery = queryOptions({
  queryKey: ['catalog', 'licenses'],
  queryFn: () => get<AnswerOf<typeof listLicenses>>('/api/licenses'),
  ...catalog,
});
export const sectorsQuery = queryOptions({
  queryKey: ['catalog', 'sectors'],
  queryFn: () => get<AnswerOf<typeof listSectors>>('/api/sectors'),
  ...catalog,
});
export const countriesQuery = queryOptions({
  queryKey: ['catalog', 'countries'],
  queryFn: () => get<CountryList>('/api/countries'),
  ...catalog,
});
export const emailDomainsQuery = queryOptions({
  queryKey: ['catalog', 'domains'],
  queryFn: () => get<AnswerOf<typeof listEmailDomains>>('/api/email-domains'),
});

/** Under the key of the list, so that a change of one refetches both. */
export const emailDomainQuery = (domain: string) =>
  queryOptions({
    queryKey: ['catalog', 'domains', domain],
    queryFn: answer<EmailDomainDetails>(`/api/email-domains/${domain}`),
  });

export const accountNamesQuery = infiniteQueryOptions({
  queryKey: ['accounts', 'names'],
  queryFn: ({ pageParam, signal }) =>
    get<AnswerOf<typeof listAccountNames>>('/api/accounts/names', { cursor: pageParam }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next ?? undefined,
});

/** For Customer Success: organizations whose name contains the text. */
export const organizationsQuery = (query: Asked<typeof findOrganizations>) =>
  queryOptions({
    queryKey: ['organizations', 'list', query],
    queryFn: answer<Page<FoundOrganization>>('/api/organizations', query),
    placeholderData: keepPreviousData,
  });
/** For Customer Success, as are the queries of its parts. Not under their key: it sums up what its accounts use. */
export const organizationQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['organizations', 'one', organizationId],
    queryFn: answer<OrganizationDetails>(`/api/organizations/${organizationId}`),
  });
export const organizationMembersQuery = (organizationId: string, query: Place) =>
  queryOptions({
    queryKey: ['organization', organizationId, 'members', query],
    queryFn: answer<Page<OrganizationMember>>(`/api/organizations/${organizationId}/members`, { limit: 10, ...query }),
    placeholderData: keepPreviousData,
  });
/** Next to the organization's own: a change of a domain, a mark or a policy refetches these as well. */
export const organizationDomainsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: [...emailDomainsQuery.queryKey, 'of', organizationId],
    queryFn: answer<AnswerOf<typeof listEmailDomains>>(`/api/organizations/${organizationId}/email-domains`),
  });
export const organizationDomainQuery = (organizationId: string, domain: string) =>
  queryOptions({
    queryKey: [...emailDomainsQuery.queryKey, 'of', organizationId, domain],
    queryFn: answer<EmailDomainDetails>(`/api/organizations/${organizationId}/email-domains/${domain}`),
  });
export const organizationMarksQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['marked-addresses', organizationId],
    queryFn: answer<AnswerOf<typeof listMarkedAddresses>>(`/api/organizations/${organizationId}/marked-addresses`),
  });
export const organizationPolicyQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['policy', organizationId],
    queryFn: answer<PolicyView>('/api/reminder-policy', { organizationId }),
  });

/** A list keeps showing the previous rows until the new ones have arrived. */
export const accountsQuery = (query: AccountsQuery) =>
  queryOptions({
    queryKey: ['accounts', 'list', query],
    queryFn: answer<Page<AccountView>>('/api/accounts', query),
    placeholderData: keepPreviousData,
  });
export const applicationsQuery = (query: ApplicationsQuery) =>
  queryOptions({
    queryKey: ['applications', 'list', query],
    queryFn: answer<Page<ApplicationView>>('/api/applications', query),
    placeholderData: keepPreviousData,
  });

/** Under the key of the lists, so that a change of an application refetches both. */
export const summaryQuery = (query: SummaryQuery) =>
  queryOptions({
    queryKey: ['applications', 'summary', query],
    queryFn: answer<AnswerOf<typeof summarizeApplications>>('/api/applications/summary', query),
    placeholderData: keepPreviousData,
  });

export const accountQuery = (accountId: string) =>
  queryOptions({ queryKey: ['account', accountId], queryFn: answer<AccountView>(`/api/accounts/${accountId}`) });
export const timelineQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'timeline'],
    queryFn: answer<AccountTimeline>(`/api/accounts/${accountId}/timeline`),
  });
export const recipientsQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['account', accountId, 'recipients'],
    queryFn: answer<AccountRecipients>(`/api/accounts/${accountId}/recipients`),
  });
/** Under the common key of deliveries, so that any change of one refetches it. */
export const deliveryQuery = (deliveryId: string) =>
  queryOptions({
    queryKey: ['deliveries', 'one', deliveryId],
    queryFn: answer<DeliveryDetails>(`/api/deliveries/${deliveryId}`),
  });
/** For Customer Success: e-mails of which it is unknown whether they were sent. */
export const unclearDeliveriesQuery = (query: Place & { organizationId?: string | undefined }) =>
  queryOptions({
    queryKey: ['deliveries', 'unclear', query],
    queryFn: answer<Page<NamedDelivery>>('/api/deliveries', { status: 'unknown', ...query }),
    placeholderData: keepPreviousData,
  });
/** For Customer Success: e-mails to an address, with its marks. */
export const deliveriesToQuery = (email: string, query: Place) =>
  queryOptions({
    queryKey: ['deliveries', 'to', email, query],
    queryFn: answer<Page<NamedDelivery> & Pick<AnswerOf<typeof listDeliveries>, 'marks'>>('/api/deliveries', {
      email,
      ...query,
    }),
    placeholderData: keepPreviousData,
  });
export const markedAddressesQuery = queryOptions({
  queryKey: ['marked-addresses'],
  queryFn: answer<AnswerOf<typeof listMarkedAddresses>>('/api/marked-addresses'),
});
export const fallbackAddressQuery = queryOptions({
  queryKey: ['fallback-address'],
  queryFn: answer<FallbackAddress>('/api/organization/fallback-address'),
});
export const allocationsQuery = (accountId: string, query: Place & { text?: string | undefined }) =>
  queryOptions({
    queryKey: ['account', accountId, 'allocations', query],
    queryFn: answer<Page<AllocationView>>(`/api/accounts/${accountId}/allocations`, query),
    placeholderData: keepPreviousData,
  });
export const auditQuery = (of: AuditedKind, id: string, query: Place) =>
  queryOptions({
    queryKey: [of, id, 'audit', query],
    queryFn: answer<{ items: ShownAuditEntry[]; next: string | null }>(auditPath(of, id), query),
    placeholderData: keepPreviousData,
  });
export const applicationQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['application', applicationId],
    queryFn: answer<ApplicationView>(`/api/applications/${applicationId}`),
  });
export const applicationEmailsQuery = (applicationId: string, query: Place) =>
  queryOptions({
    queryKey: ['application', applicationId, 'emails', query],
    queryFn: answer<Page<DeliverySummary>>(`/api/applications/${applicationId}/emails`, { limit: 10, ...query }),
    placeholderData: keepPreviousData,
  });
/** The checks that an approval would face now. @param applicationIds up to 50 */
const checks = (applicationIds: readonly string[]) =>
  answer<AnswerOf<typeof checkApplications>>('/api/applications/checks', { applicationIds: applicationIds.join() });
export const checkQuery = (applicationId: string) =>
  queryOptions({
    queryKey: ['application', applicationId, 'check'],
    queryFn: async (context) => (await checks([applicationId])(context)).items[0] ?? null,
  });
/** The same for the rows of a list. */
export const checksQuery = (applicationIds: readonly string[]) =>
  queryOptions({
    queryKey: ['applications', 'checks', applicationIds],
    queryFn: checks(applicationIds),
    placeholderData: keepPreviousData,
  });

/** The organization's reminders. While a change of them is being applied, its progress is fetched every second. */
export const policyQuery = queryOptions({
  queryKey: ['policy', 'own'],
  queryFn: () => get<PolicyView>('/api/reminder-policy'),
  refetchInterval: (query) => (query.state.data?.change?.state === 'applying' ? 1_000 : retryInterval(query)),
});

export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: () => get<CalendarAddresses>('/api/calendars'),
});

export const noticeWishesQuery = queryOptions({
  queryKey: ['notice-wishes'],
  queryFn: () => get<NoticeWishes>('/api/me/notices'),
});
