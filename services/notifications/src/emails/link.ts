import type { NoticeKind } from '@tenure/contracts';
import { isAboutOwnDomain, isForReviewers } from '../domain/audience.js';
import { isPlannedMoment } from '../domain/still-true.js';
import type { Words } from '../texts/letter.js';

/** Notices about the account as it is after an application, rather than about the application. */
const aboutTheAccount: ReadonlySet<NoticeKind> = new Set([
  'application_approved',
  'subscription_renewed',
  'datapoints_changed',
  'license_changed',
]);

interface Noticed {
  kind: NoticeKind;
  organizationId: string;
  accountId: string | null;
  applicationId: string | null;
}

/**
 * The page that a notice links to: the account if there is one to look at, or its renewal form if the renewal is still
 * to be sent; otherwise the application; for reviewers, the organization if there is neither.
 */
export function linkOf(publicUrl: string, notice: Noticed, words: Pick<Words, 'subscription'>): string {
  return `${baseOf(publicUrl)}/${pathOf(notice, words)}`;
}

/** Whether the notice links to the renewal form, because a renewal is still to be sent. */
export function asksForRenewal(kind: NoticeKind, { subscription }: Pick<Words, 'subscription'>): boolean {
  return isPlannedMoment(kind) && subscription?.renewalPending !== true;
}

/** A link that anyone who has it can open without signing in. */
export function calendarLinkOf(publicUrl: string, token: string): string {
  return `${baseOf(publicUrl)}/calendar/${token}.ics`;
}

function baseOf(publicUrl: string): string {
  return publicUrl.replace(/\/+$/, '');
}

function pathOf(
  { kind, organizationId, accountId, applicationId }: Noticed,
  words: Pick<Words, 'subscription'>,
): string {
  if (kind === 'recipients_unreachable' && accountId !== null)
    return `customer-success/accounts/${accountId}?show=emails`;
  if (isAboutOwnDomain(kind)) return 'account-management/settings/email-domains';
  if (isForReviewers(kind)) {
    const about = applicationId === null ? `organizations/${organizationId}` : `applications/${applicationId}`;
    return `customer-success/${about}`;
  }
  const account = accountId && `account-management/accounts/${accountId}`;
  if (account && isPlannedMoment(kind)) return asksForRenewal(kind, words) ? `${account}/renewal` : account;
  if (account && (aboutTheAccount.has(kind) || applicationId === null)) return account;
  return applicationId === null ? 'account-management' : `account-management/applications/${applicationId}`;
}
