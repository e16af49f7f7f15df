import type { NoticeKind } from '@tenure/contracts';

/** What a notice is about; each kind needs some of these. */
export interface References {
  kind: NoticeKind;
  offset: string | null;
  accountId: string | null;
  applicationId: string | null;
  termNumber: number | null;
}

/** The fields that each kind of notice needs. */
const needed: Readonly<Record<NoticeKind, readonly (keyof References)[]>> = {
  application_submitted: ['applicationId'],
  application_approved: ['applicationId'],
  application_rejected: ['applicationId'],
  application_failed: ['applicationId'],
  application_withdrawn: ['applicationId'],
  application_lapsed: ['applicationId'],
  application_received: ['applicationId'],
  application_waiting: ['applicationId'],
  application_escalated: ['applicationId'],
  subscription_renewed: ['accountId'],
  datapoints_changed: ['accountId', 'applicationId'],
  license_changed: ['accountId', 'applicationId'],
  reminder: ['offset', 'accountId', 'termNumber'],
  subscription_expired: ['accountId', 'termNumber'],
  recipients_unreachable: [],
  email_domain_failed: [],
  email_domain_taken_over: [],
  organization_domain_failed: [],
};

/** The fields that a notice of this kind needs and lacks. */
export function missingReferences(notice: References): (keyof References)[] {
  return needed[notice.kind].filter((field) => notice[field] === null);
}
