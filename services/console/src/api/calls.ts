import type {
  AccountRecipients,
  AccountTimeline,
  AccountView,
  AllocationView,
  AnswerOf,
  AuditEntry,
  CalendarAddresses,
  ApplicationForm,
  ApplicationView,
  AskOf,
  checkApplications,
  ChosenPolicy,
  CountryList,
  EmailDomainDetails,
  DeliveryDetails,
  DeliverySummary,
  findOrganizations,
  Language,
  listAccountNames,
  listZone,
  listApplications,
  listEmailDomains,
  listLicenses,
  listDeliveries,
  listMarkedAddresses,
  listSectors,
  MemberView,
  MovedClock,
  NamedReference,
  NoticeWishes,
  OrganizationDetails,
  OrganizationMember,
  PolicyChangeView,
  PolicyTrial,
  PolicyView,
  Preview,
  Request,
  setOrganizationLogo,
  FallbackAddress,
  summarizeApplications,
} from '@tenure/contracts';
import { get, post, put, remove, type PostOptions } from './http.js';
import type { Session } from './session.js';

/**
 * The calls of the HTTP API, typed by the schemas of the contracts. The gateway validates requests and answers, so the
 * schemas themselves are not loaded here.
 */
type Asked<M extends Request> = Omit<AskOf<M>, 'actor'>;
export type AccountsQuery = Asked<typeof listZone>;
export type ApplicationsQuery = Asked<typeof listApplications>;
export type OrganizationsQuery = Asked<typeof findOrganizations>;
export type FoundOrganization = AnswerOf<typeof findOrganizations>['items'][number];
export type UnclearQuery = Pick<Asked<typeof listDeliveries>, 'organizationId' | 'cursor' | 'limit'>;
export type SummaryQuery = Asked<typeof summarizeApplications>;
export type DecisionInput =
  | { verdict: 'approve'; reason?: string | null; seen: ApplicationView['before'] }
  | { verdict: 'reject'; reason: string; seen: ApplicationView['before'] };
export type ClockMove = { days: number } | { months: number } | { toNextMoment: true };

/** An entry of the audit trail with its author by name, as the gateway shows it. */
export interface AuditEntryShown extends Omit<AuditEntry, 'by' | 'memberId'> {
  by: { kind: 'member' | 'service' | 'operator'; name: string; memberId: string | null };
  /** The member it is about, if that is not its author. */
  member: { memberId: string; name: string } | null;
}

/**
 * An e-mail with the name of what it is about, as the gateway shows it; without the name while accounts does not
 * answer.
 */
export interface NamedDelivery extends DeliverySummary {
  about?: NamedReference;
}

/** What has an audit trail of its own. */
export type AuditedKind = 'account' | 'organization';
export const auditPath = (of: AuditedKind, id: string) => `/api/${of}s/${id}/audit`;

export interface Page<T> {
  items: T[];
  next: string | null;
  count: number;
}

export const session = () => get<Session>('/auth/session');
export const signOut = () => post<{ redirectTo: string }>('/auth/sign-out', {});
export const signOutEverywhere = () => post<{ redirectTo: string }>('/auth/sign-out-everywhere', {});
export const saveLanguage = (language: Language) => post<MemberView>('/api/me/language', { language });

export const licenses = () => get<AnswerOf<typeof listLicenses>>('/api/licenses');
export const sectors = () => get<AnswerOf<typeof listSectors>>('/api/sectors');
export const countries = () => get<CountryList>('/api/countries');
export const emailDomains = () => get<AnswerOf<typeof listEmailDomains>>('/api/email-domains');

export const emailDomain = (domain: string, signal?: AbortSignal) =>
  get<EmailDomainDetails>(`/api/email-domains/${domain}`, {}, signal);
/** The call waits for the e-mail provider. */
const domainTimeoutMs = 40_000;
export const addDomain = (domain: string, options: PostOptions) =>
  post<EmailDomainDetails>('/api/email-domains', { domain }, { ...options, timeoutMs: domainTimeoutMs });
export const verifyDomain = (domain: string, options: PostOptions) =>
  post<EmailDomainDetails>(`/api/email-domains/${domain}/verification`, {}, { ...options, timeoutMs: domainTimeoutMs });
export const deleteDomain = (domain: string, options: PostOptions) =>
  remove<unknown>(`/api/email-domains/${domain}`, { ...options, timeoutMs: domainTimeoutMs });

export const setSender = (domain: string, sender: string, options: PostOptions) =>
  put<EmailDomainDetails>(`/api/email-domains/${domain}/sender`, { sender }, options);
export const setLogo = (logoUrl: string | null, options: PostOptions) =>
  put<AnswerOf<typeof setOrganizationLogo>>('/api/organization/logo', { logoUrl }, options);

export const fallbackAddress = (signal?: AbortSignal) =>
  get<FallbackAddress>('/api/organization/fallback-address', {}, signal);
export const setFallbackAddress = (fallbackEmail: string | null, options: PostOptions) =>
  put<FallbackAddress>('/api/organization/fallback-address', { fallbackEmail }, options);

export const noticeWishes = () => get<NoticeWishes>('/api/me/notices');
export const setNoticeWishes = (wishes: NoticeWishes, options: PostOptions) =>
  post<NoticeWishes>('/api/me/notices', wishes, options);
export const accountRecipients = (accountId: string, signal?: AbortSignal) =>
  get<AccountRecipients>(`/api/accounts/${accountId}/recipients`, {}, signal);
/** @param content with the version that the user saw */
export const setExtraAddresses = (
  accountId: string,
  content: Pick<AccountRecipients, 'extraAddresses'> & { replaces: number },
  options: PostOptions,
) => put<AccountRecipients>(`/api/accounts/${accountId}/recipients`, content, options);

/** For Customer Success: organizations whose name contains the text. */
export const organizations = (query: OrganizationsQuery, signal?: AbortSignal) =>
  get<Page<FoundOrganization>>('/api/organizations', query, signal);
/** For Customer Success, as are the calls for its parts. */
export const organization = (organizationId: string, signal?: AbortSignal) =>
  get<OrganizationDetails>(`/api/organizations/${organizationId}`, {}, signal);
export const organizationMembers = (
  organizationId: string,
  query: { cursor?: string | undefined },
  signal?: AbortSignal,
) => get<Page<OrganizationMember>>(`/api/organizations/${organizationId}/members`, { limit: 10, ...query }, signal);
export const organizationDomains = (organizationId: string, signal?: AbortSignal) =>
  get<AnswerOf<typeof listEmailDomains>>(`/api/organizations/${organizationId}/email-domains`, {}, signal);
export const organizationDomain = (organizationId: string, domain: string, signal?: AbortSignal) =>
  get<EmailDomainDetails>(`/api/organizations/${organizationId}/email-domains/${domain}`, {}, signal);
export const organizationMarks = (organizationId: string, signal?: AbortSignal) =>
  get<AnswerOf<typeof listMarkedAddresses>>(`/api/organizations/${organizationId}/marked-addresses`, {}, signal);

export const accountNames = (query: { cursor?: string | undefined }, signal?: AbortSignal) =>
  get<AnswerOf<typeof listAccountNames>>('/api/accounts/names', query, signal);
export const accounts = (query: AccountsQuery, signal?: AbortSignal) =>
  get<Page<AccountView>>('/api/accounts', query, signal);
export const account = (accountId: string, signal?: AbortSignal) =>
  get<AccountView>(`/api/accounts/${accountId}`, {}, signal);
export const timeline = (accountId: string, signal?: AbortSignal) =>
  get<AccountTimeline>(`/api/accounts/${accountId}/timeline`, {}, signal);
export const allocations = (
  accountId: string,
  query: { text?: string | undefined; cursor?: string | undefined },
  signal?: AbortSignal,
) => get<Page<AllocationView>>(`/api/accounts/${accountId}/allocations`, query, signal);
export interface AuditQuery {
  cursor?: string | undefined;
  limit?: number | undefined;
}
export const audit = (path: string, query: AuditQuery, signal?: AbortSignal) =>
  get<{ items: AuditEntryShown[]; next: string | null }>(path, { ...query }, signal);
export const delivery = (deliveryId: string, signal?: AbortSignal) =>
  get<DeliveryDetails>(`/api/deliveries/${deliveryId}`, {}, signal);
/** For Customer Success: e-mails of which it is unknown whether they were sent. */
export const unclearDeliveries = (query: UnclearQuery, signal?: AbortSignal) =>
  get<Page<NamedDelivery>>('/api/deliveries', { status: 'unknown', ...query }, signal);
/** For Customer Success: e-mails to an address, with its marks. */
export const deliveriesTo = (query: { email: string; cursor?: string | undefined }, signal?: AbortSignal) =>
  get<Page<NamedDelivery> & Pick<AnswerOf<typeof listDeliveries>, 'marks'>>('/api/deliveries', query, signal);
export const resolveDelivery = (
  deliveryId: string,
  resolution: { resolution: 'arrived' | 'send_again'; reason: string },
  options: PostOptions,
) => post<DeliveryDetails>(`/api/deliveries/${deliveryId}/resolution`, resolution, options);
export const markedAddresses = (signal?: AbortSignal) =>
  get<AnswerOf<typeof listMarkedAddresses>>('/api/marked-addresses', {}, signal);
export const clearMarkedAddress = (address: string, options: PostOptions) =>
  post<AnswerOf<typeof listMarkedAddresses>>('/api/marked-addresses/clear', { address }, options);
export const moveClock = (accountId: string, move: ClockMove, options: PostOptions) =>
  post<MovedClock>(`/api/sandbox/accounts/${accountId}/clock`, move, options);

export const applications = (query: ApplicationsQuery, signal?: AbortSignal) =>
  get<Page<ApplicationView>>('/api/applications', query, signal);
export const applicationSummary = (query: SummaryQuery, signal?: AbortSignal) =>
  get<AnswerOf<typeof summarizeApplications>>('/api/applications/summary', query, signal);
export const application = (applicationId: string, signal?: AbortSignal) =>
  get<ApplicationView>(`/api/applications/${applicationId}`, {}, signal);
export const applicationEmails = (
  applicationId: string,
  query: { cursor?: string | undefined },
  signal?: AbortSignal,
) => get<Page<DeliverySummary>>(`/api/applications/${applicationId}/emails`, { limit: 10, ...query }, signal);
/** @param applicationIds up to 50 */
export const checks = (applicationIds: readonly string[], signal?: AbortSignal) =>
  get<AnswerOf<typeof checkApplications>>(
    '/api/applications/checks',
    { applicationIds: applicationIds.join() },
    signal,
  );
export const preview = (form: ApplicationForm, signal?: AbortSignal) =>
  post<Preview>('/api/applications/preview', form, { ...(signal && { signal }) });
export const submit = (form: ApplicationForm, options: PostOptions) =>
  post<ApplicationView>('/api/applications', form, options);
export const withdraw = (applicationId: string, options: PostOptions) =>
  post<ApplicationView>(`/api/applications/${applicationId}/withdrawal`, {}, options);
/**
 * Returns the application once the decision is settled; otherwise (202) only the path at which the outcome will appear.
 */
export const decide = (applicationId: string, decision: DecisionInput, options: PostOptions) =>
  post<ApplicationView | { decisionId: string; application: string }>(
    `/api/applications/${applicationId}/decision`,
    decision,
    options,
  );

export const policy = () => get<PolicyView>('/api/reminder-policy');
export const organizationPolicy = (organizationId: string, signal?: AbortSignal) =>
  get<PolicyView>('/api/reminder-policy', { organizationId }, signal);
export const previewPolicy = (chosen: ChosenPolicy, signal?: AbortSignal) =>
  post<PolicyTrial>('/api/reminder-policy/preview', chosen, { ...(signal && { signal }) });
/** @param content with the version that the user saw */
export const changePolicy = (content: ChosenPolicy & { replaces: number }, options: PostOptions) =>
  post<PolicyView>('/api/reminder-policy', content, options);
export const stopPolicyChange = (version: number) =>
  post<PolicyChangeView>(`/api/reminder-policy/changes/${version}/stop`, {});
export const continuePolicyChange = (version: number) =>
  post<PolicyChangeView>(`/api/reminder-policy/changes/${version}/continue`, {});

export const calendars = () => get<CalendarAddresses>('/api/calendars');
/** The only answer that contains the feed's address. */
export const createCalendarFeed = () => post<CalendarAddresses & { url: string }>('/api/calendars/feed', {});
export const revokeCalendars = (which: 'feed' | 'in_reminders') =>
  post<CalendarAddresses>('/api/calendars/revocation', { which });
