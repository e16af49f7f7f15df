import type { NoticeKind } from '@tenure/contracts';
import { isForReviewers } from '../domain/audience.js';

const aboutTheAccount: ReadonlySet<NoticeKind> = new Set([
  'application_approved',
  'subscription_renewed',
  'reminder',
  'subscription_expired',
]);

/** The page that a notice leads to: the account where there is one to look at, else the application. */
export function linkOf(
  publicUrl: string,
  notice: { kind: NoticeKind; accountId: string | null; applicationId: string | null },
): string {
  return `${publicUrl.replace(/\/+$/, '')}/${pathOf(notice)}`;
}

function pathOf({ kind, accountId, applicationId }: Parameters<typeof linkOf>[1]): string {
  if (isForReviewers(kind))
    return applicationId === null ? 'customer-success' : `customer-success/applications/${applicationId}`;
  if (accountId !== null && (aboutTheAccount.has(kind) || applicationId === null))
    return `account-management/accounts/${accountId}`;
  return applicationId === null ? 'account-management' : `account-management/applications/${applicationId}`;
}
