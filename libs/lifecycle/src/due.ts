import { daysBetween, localDate, type CalendarDate } from './calendar.js';
import { remindersIn, type Expiry, type Moment, type Reminder } from './timeline.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** After this time nobody is notified anymore that an account has expired (docs/rules.md: Term and dates). */
const EXPIRED_IS_STALE_AFTER_MS = 7 * DAY_MS;

/** A planned moment that is due, and what to do with it. */
export interface DueMoment {
  moment: Moment;
  action: 'send' | 'skip';
  /** Why it is skipped; null if it is sent. A later reminder supersedes an earlier one. */
  reason: 'superseded' | 'expired' | 'imported_expired' | 'stale' | null;
}

/**
 * What is due in one term's timeline, and when to check again (docs/rules.md: Term and dates). Of the due reminders the
 * latest is sent and older ones are skipped; from `expiresAt` on, all are skipped. The notice of the expiry may be late,
 * by at most 7 days after the account stopped, and is skipped for an account imported already expired.
 *
 * Nothing is remembered between calls: a moment that was once due is due in every later answer. Whoever creates notices
 * keeps the first answer for each moment's key. A later answer can turn 'send' into 'skip' (sent meanwhile, or no
 * longer true); the reverse happens only if a policy change removed the later reminder, and then the skip stands.
 * @param ask.stoppedAt when the account actually stopped, if that is later than the timeline's `validUntil`: a renewal
 * that kept it working past its expiry ended without approval, and `validUntil` immediately went back
 * @returns the due moments in order; `next`, the first planned moment after `asOf`, or null
 */
export function dueMoments(
  timeline: Moment[],
  ask: {
    asOf: Date;
    expiresAt: Date;
    importedExpired?: boolean | undefined;
    stoppedAt?: Date | undefined;
  },
): { due: DueMoment[]; next: Moment | null } {
  const planned = timeline.filter((moment) => moment.status === 'planned');
  const due = planned.filter((moment) => moment.at <= ask.asOf);
  const latest = remindersIn(due).at(-1);
  return {
    due: due.map((moment) => {
      const reason =
        moment.kind === 'expired' ? whyExpiryIsSkipped(moment, ask) : whyReminderIsSkipped(moment, latest, ask);
      return { moment, action: reason === null ? 'send' : 'skip', reason };
    }),
    next: planned.find((moment) => moment.at > ask.asOf) ?? null,
  };
}

/** Calendar days from the local date of the instant to `expiresOn`: 0 on the last day, negative after it. */
export function daysLeft(expiresOn: CalendarDate, instant: Date, timeZone: string): number {
  return daysBetween(localDate(instant, timeZone), expiresOn);
}

/**
 * Like `daysLeft`, from the instant at which the day after `expiresOn` starts, for callers that do not know the zone.
 * It counts days of 24 hours, so if the clocks change on the way it is off by one for an hour around midnight.
 */
export function daysLeftUntil(expiresAt: Date, instant: Date): number {
  return Math.ceil((expiresAt.getTime() - instant.getTime()) / DAY_MS) - 1;
}

function whyReminderIsSkipped(
  moment: Reminder,
  latest: Reminder | undefined,
  ask: { asOf: Date; expiresAt: Date },
): DueMoment['reason'] {
  if (ask.asOf >= ask.expiresAt) return 'expired';
  return moment === latest ? null : 'superseded';
}

function whyExpiryIsSkipped(
  moment: Expiry,
  ask: { asOf: Date; importedExpired?: boolean | undefined; stoppedAt?: Date | undefined },
): DueMoment['reason'] {
  if (ask.importedExpired) return 'imported_expired';
  const stoppedAt = Math.max(moment.at.getTime(), ask.stoppedAt?.getTime() ?? 0);
  return ask.asOf.getTime() > stoppedAt + EXPIRED_IS_STALE_AFTER_MS ? 'stale' : null;
}
