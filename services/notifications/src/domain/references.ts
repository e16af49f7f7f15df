import type { NoticeKind } from '@tenure/contracts';

/** What a notice is about; each kind needs some of these. */
export interface References {
  kind: NoticeKind;
  offset: string | null;
  accountId: string | null;
  applicationId: string | null;
  termNumber: number | null;
}

/** The fields that a notice of this kind needs and lacks. */
export function missingReferences(notice: References): (keyof References)[] {
  return needed(notice.kind).filter((field) => notice[field] === null);
}

function needed(kind: NoticeKind): (keyof References)[] {
  switch (kind) {
    case 'reminder':
      return ['offset', 'accountId', 'termNumber'];
    case 'subscription_expired':
      return ['accountId', 'termNumber'];
    case 'subscription_renewed':
      return ['accountId'];
    case 'datapoints_changed':
    case 'license_changed':
      return ['accountId', 'applicationId'];
    case 'recipients_unreachable':
    case 'email_domain_failed':
    case 'email_domain_taken_over':
    case 'organization_domain_failed':
      return [];
    default:
      return ['applicationId'];
  }
}
