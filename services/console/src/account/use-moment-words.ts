import type { DeliveryDetails, NoticeKind, ReportKind } from '@tenure/contracts';
import { useWords } from '../words/use-words.js';

const moments = { P1M: 'moment.P1M', P7D: 'moment.P7D', P0D: 'moment.P0D', expired: 'moment.expired' } as const;

const notices = {
  subscription_expired: 'moment.expired',
  subscription_renewed: 'moment.renewed',
  datapoints_changed: 'moment.datapointsChanged',
  license_changed: 'moment.licenseChanged',
  application_submitted: 'moment.submitted',
  application_approved: 'moment.approved',
  application_rejected: 'moment.rejected',
  application_failed: 'moment.failed',
  application_withdrawn: 'moment.withdrawn',
  application_lapsed: 'moment.lapsed',
  application_received: 'moment.received',
  application_waiting: 'moment.waiting',
  application_escalated: 'moment.escalated',
  recipients_unreachable: 'moment.unreachable',
  email_domain_failed: 'moment.domainFailed',
  email_domain_taken_over: 'moment.domainTakenOver',
  organization_domain_failed: 'moment.domainFailed',
} as const satisfies Record<Exclude<NoticeKind, 'reminder'>, string>;

const known = { ...moments, ...notices };

const reasons = {
  on_or_before_first_day: 'momentReason.beforeFirstDay',
  past_when_policy_applied: 'momentReason.pastWhenApplied',
  renewed: 'momentReason.renewed',
  superseded: 'momentReason.superseded',
  expired: 'momentReason.expired',
  imported_expired: 'momentReason.importedExpired',
  stale: 'momentReason.stale',
  still_valid: 'momentReason.stillValid',
  not_pending: 'momentReason.notPending',
  no_recipient: 'momentReason.noRecipient',
  address_marked: 'momentReason.addressMarked',
  address_removed: 'momentReason.addressRemoved',
  no_longer_told: 'momentReason.noLongerTold',
  no_answer: 'momentReason.noAnswer',
  no_connection: 'momentReason.noConnection',
  unknown: 'momentReason.unknown',
} as const;

type EmailEvent = DeliveryDetails['history'][number]['kind'];
type KnownEvent = ReportKind | 'confirmed' | 'sent_again' | 'retried';

/** What a moment of a timeline is called, and why it was skipped or does not apply. */
export function useMomentWords() {
  const { t } = useWords();
  return {
    /** @param kind a reminder's offset (`P1M`), `expired`, or what happened to an application */
    kind: (kind: string): string => {
      if (kind in known) return t(known[kind as keyof typeof known]);
      const [, count, unit] = /^P(\d+)([MD])$/.exec(kind) ?? [];
      if (count === undefined) return kind;
      if (unit === 'M') return t('moment.monthsBefore', { count: Number(count) });
      if (Number(count) % 7 === 0) return t('moment.weeksBefore', { count: Number(count) / 7 });
      return t('moment.daysBefore', { count: Number(count) });
    },
    /** What happened to an e-mail. A kind that only a later version knows is shown by its code. */
    event: (kind: EmailEvent): string => t(`emailEvent.${kind as KnownEvent}`, { defaultValue: kind }),
    reason: (reason: string): string => (reason in reasons ? t(reasons[reason as keyof typeof reasons]) : reason),
  };
}
