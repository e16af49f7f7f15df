import { addDays, addMonths, atLocalTime, localDate, localTime } from '@tenure/lifecycle';
import type {
  ApplicationStatus,
  ClockStep,
  MomentView,
  NoticeView,
  ShownTermView,
  TimelineMomentView,
} from '@tenure/contracts';

/** An application that was pending when the move began, and when it lapses. */
export interface Lapse {
  applicationId: string;
  at: string;
  status: ApplicationStatus;
}

type Due = Pick<TimelineMomentView, 'kind' | 'termNumber' | 'at'>;

/** What lies ahead of an account, which is where a move has to stop. Instants are on the account's clock. */
export interface Ahead {
  now: string;
  timeZone: string;
  clockAheadSeconds: number;
  terms: readonly Pick<ShownTermView, 'number' | 'workedUntil'>[];
  moments: readonly MomentView[];
  lapses: readonly Lapse[];
}

/**
 * Where a move ends: at the same local time the given number of calendar days or months later, clamped to the month's
 * end (docs/rules.md: Term and dates); for `toNextMoment` at the next stop, null if nothing is planned.
 */
export function clockTarget(step: ClockStep, ahead: Ahead): string | null {
  if ('toNextMoment' in step) return nextStop(ahead);
  const now = new Date(ahead.now);
  const today = localDate(now, ahead.timeZone);
  const day = 'days' in step ? addDays(today, step.days) : addMonths(today, step.months);
  const minute = atLocalTime(day, localTime(now, ahead.timeZone), ahead.timeZone);
  // Offsets are whole minutes, so seconds and milliseconds are the same in every zone.
  return new Date(minute.getTime() + (now.getTime() % 60_000)).toISOString();
}

/**
 * The next instant, strictly after now, at which something is due; null if there is none. A move goes from one to the
 * next, because a single jump would make its own reminders stale (docs/decisions/0005).
 */
export function nextStop(ahead: Ahead): string | null {
  return stops(ahead).find((at) => at > ahead.now) ?? null;
}

/** The latest instant in `(from, now]` at which something was due; null if there is none. */
export function latestStop(ahead: Ahead, from: string): string | null {
  return stops(ahead).findLast((at) => at > from && at <= ahead.now) ?? null;
}

/**
 * The lead in whole seconds with which the account's clock shows `target` or up to a second more; never less than the
 * current lead.
 */
export function leadFor(target: string, ahead: Pick<Ahead, 'now' | 'clockAheadSeconds'>): number {
  const distance = Date.parse(target) - Date.parse(ahead.now);
  return ahead.clockAheadSeconds + Math.max(0, Math.ceil(distance / 1000));
}

/** What has to settle before a move can continue, in words; empty if everything due in `(from, until]` has settled. */
export function unsettled(ahead: Ahead, notices: readonly NoticeView[], from: string, until: string): string[] {
  const isDue = ({ at }: { at: string }) => at > from && at <= until;
  const known = new Set(notices.map(({ key }) => key));
  const due = plannedMoments(ahead).filter(isDue);
  const isOf = ({ key, dueAt }: NoticeView) => dueAt > from || due.some((moment) => moment.key === key);
  return [
    ...due
      .filter(({ key }) => !known.has(key))
      .map(({ kind, termNumber, at }) => `${kind} of term ${termNumber}, due at ${at}: no notice yet`),
    ...ahead.lapses
      .filter((lapse) => isDue(lapse) && isUnderWay(lapse, known))
      .map(({ applicationId, at }) => `application ${applicationId}, which lapses at ${at}: not ended yet`),
    ...notices
      .filter((notice) => isOf(notice) && !notice.settled)
      .map(({ kind, offset, dueAt }) => `${offset ?? kind}, due at ${dueAt}: not every delivery has ended`),
  ];
}

/**
 * When a moment was due. If a pending renewal kept the account working and then ended without success, the timeline
 * shows the expiry at the end of the last day again, but it was due when the account stopped working.
 */
export function dueAt({ kind, termNumber, at }: Due, terms: Ahead['terms']): string {
  const workedUntil = terms.find(({ number }) => number === termNumber)?.workedUntil;
  return kind === 'expired' ? (workedUntil ?? at) : at;
}

/** Whether the application's workflow still has to let it lapse or to request the notice. */
function isUnderWay({ applicationId, status }: Lapse, keys: ReadonlySet<string>): boolean {
  return status === 'pending' || (status === 'lapsed' && !keys.has(`${applicationId}/application_lapsed`));
}

function stops(ahead: Ahead): string[] {
  return [...plannedMoments(ahead), ...ahead.lapses].map(({ at }) => at).sort();
}

/** The planned moments of the current term. Moments of past terms that a renewal dropped never get a notice. */
function plannedMoments({ terms, moments }: Ahead): MomentView[] {
  const current = Math.max(...terms.map(({ number }) => number));
  return moments
    .filter(({ status, termNumber }) => status === 'planned' && termNumber === current)
    .map((moment) => ({ ...moment, at: dueAt(moment, terms) }));
}
