import type {
  AccountRecipients,
  AnswerOf,
  ApplicationForm,
  ApplicationView,
  CalendarAddresses,
  ChosenPolicy,
  ClockStep,
  DeliveryDetails,
  EmailDomainDetails,
  FallbackAddress,
  Language,
  listMarkedAddresses,
  MemberView,
  MovedClock,
  NoticeWishes,
  PolicyChangeView,
  PolicyTrial,
  PolicyView,
  Preview,
  setOrganizationLogo,
} from '@tenure/contracts';
import { post, put, remove, type SendOptions } from './http.js';

/**
 * The calls that send something, typed by the schemas of the contracts. The gateway validates requests and answers, so
 * the schemas themselves are not loaded here.
 */
export type DecisionInput =
  | { verdict: 'approve'; reason?: string | null; seen: ApplicationView['before'] }
  | { verdict: 'reject'; reason: string; seen: ApplicationView['before'] };

export const signOut = () => post<{ redirectTo: string }>('/auth/sign-out', {});
export const signOutEverywhere = () => post<{ redirectTo: string }>('/auth/sign-out-everywhere', {});
export const saveLanguage = (language: Language) => post<MemberView>('/api/me/language', { language });

/** The call waits for the e-mail provider. */
const domainTimeoutMs = 40_000;
export const addDomain = (domain: string, options: SendOptions) =>
  post<EmailDomainDetails>('/api/email-domains', { domain }, { ...options, timeoutMs: domainTimeoutMs });
export const verifyDomain = (domain: string, options: SendOptions) =>
  post<EmailDomainDetails>(`/api/email-domains/${domain}/verification`, {}, { ...options, timeoutMs: domainTimeoutMs });
export const deleteDomain = (domain: string, options: SendOptions) =>
  remove<unknown>(`/api/email-domains/${domain}`, { ...options, timeoutMs: domainTimeoutMs });

export const setSender = (domain: string, sender: string, options: SendOptions) =>
  put<EmailDomainDetails>(`/api/email-domains/${domain}/sender`, { sender }, options);
export const setLogo = (logoUrl: string | null, options: SendOptions) =>
  put<AnswerOf<typeof setOrganizationLogo>>('/api/organization/logo', { logoUrl }, options);

export const setFallbackAddress = (fallbackEmail: string | null, options: SendOptions) =>
  put<FallbackAddress>('/api/organization/fallback-address', { fallbackEmail }, options);

export const setNoticeWishes = (wishes: NoticeWishes, options: SendOptions) =>
  post<NoticeWishes>('/api/me/notices', wishes, options);
/** @param content with the version that the user saw */
export const setExtraAddresses = (
  accountId: string,
  content: Pick<AccountRecipients, 'extraAddresses'> & { replaces: number },
  options: SendOptions,
) => put<AccountRecipients>(`/api/accounts/${accountId}/recipients`, content, options);

/** How Customer Success resolves an unclear e-mail. */
export interface ResolutionInput {
  resolution: 'arrived' | 'send_again';
  reason: string;
}
export const resolveDelivery = (deliveryId: string, resolution: ResolutionInput, options: SendOptions) =>
  post<DeliveryDetails>(`/api/deliveries/${deliveryId}/resolution`, resolution, options);
export const clearMarkedAddress = (address: string, options: SendOptions) =>
  post<AnswerOf<typeof listMarkedAddresses>>('/api/marked-addresses/clear', { address }, options);
export const moveClock = (accountId: string, move: ClockStep, options: SendOptions) =>
  post<MovedClock>(`/api/sandbox/accounts/${accountId}/clock`, move, options);

export const preview = (form: ApplicationForm, signal?: AbortSignal) =>
  post<Preview>('/api/applications/preview', form, { signal });
export const submit = (form: ApplicationForm, options: SendOptions) =>
  post<ApplicationView>('/api/applications', form, options);
export const withdraw = (applicationId: string, options: SendOptions) =>
  post<ApplicationView>(`/api/applications/${applicationId}/withdrawal`, {}, options);
/**
 * Returns the application once the decision is settled; otherwise (202) only the path at which the outcome will appear.
 */
export const decide = (applicationId: string, decision: DecisionInput, options: SendOptions) =>
  post<ApplicationView | { decisionId: string; application: string }>(
    `/api/applications/${applicationId}/decision`,
    decision,
    options,
  );

export const previewPolicy = (chosen: ChosenPolicy, signal?: AbortSignal) =>
  post<PolicyTrial>('/api/reminder-policy/preview', chosen, { signal });
/** @param content with the version that the user saw */
export const changePolicy = (content: ChosenPolicy & { replaces: number }, options: SendOptions) =>
  post<PolicyView>('/api/reminder-policy', content, options);
export const stopPolicyChange = (version: number) =>
  post<PolicyChangeView>(`/api/reminder-policy/changes/${version}/stop`, {});
export const continuePolicyChange = (version: number) =>
  post<PolicyChangeView>(`/api/reminder-policy/changes/${version}/continue`, {});

/** The only answer that contains the feed's address. */
export const createCalendarFeed = () => post<CalendarAddresses & { url: string }>('/api/calendars/feed', {});
export const revokeCalendars = (which: 'feed' | 'in_reminders') =>
  post<CalendarAddresses>('/api/calendars/revocation', { which });
