import type { Email } from '@tenure/local/mailbox/email';
import { counted } from '@tenure/platform/command/figures';
import { recipientOf, tagOf, toldTwice } from '../tour/letters.js';
import { dayAfter, localTime } from '../tour/local-time.js';
import { dateIn, missingIn, wordsOfReminder, type Language } from '../tour/reminder.js';

/** An account that was left to itself: from then on its moments come in real time. */
export interface Subject {
  accountId: string;
  name: string;
  timeZone: string;
  expiresOn: string;
  /** How far its clock is ahead of the wall clock. */
  aheadSeconds: number;
  /** When it was left to itself, by the wall clock, in milliseconds like all times here. */
  since: number;
  /** A move of its clock during the drill: how far it was ahead from that time on. */
  leap?: { at: number; aheadSeconds: number };
  /** When it was renewed during the drill. */
  renewedAt?: number;
  /** Its timeline's entries for its first term, as of the end of the drill. */
  recorded: readonly { kind: string; status: string; reason: string | null }[];
}

export interface Outage {
  server: string;
  from: number;
  /** When the server was ready again. */
  to: number;
}

export interface Drill {
  subjects: readonly Subject[];
  readers: readonly { email: string; language: Language }[];
  outages: readonly Outage[];
  emails: readonly Email[];
  policy: { offsets: readonly string[]; localTime: string };
  until: number;
  /** The provider's rate limit. */
  requestsPerSecond: number;
}

/** What was found, and what the rule requires. */
export interface Finding {
  what: string;
  found: string;
  expected: string;
}

/** A notice within this time after its due time is in time, if nothing is down. */
const IN_TIME_MS = 15_000;
/** A notice has to be sent within this time after the outage; retries come at growing intervals. */
const PATIENCE_MS = 90_000;
/** After this time nobody is notified of the expiry. */
const TOLD_FOR_MS = 7 * 24 * 60 * 60_000;

/**
 * Compares each moment that came due during the drill with the rule for overdue moments (glossary: timeline): it is
 * sent in time, or late with the true number of days left; it is skipped once a later one is due, the account has
 * expired or was renewed. The notice of an expiry may be late, but by a week at most. Days and instants are calculated
 * independently of the product.
 */
export function judge(drill: Drill): Finding[] {
  return [
    ...drill.subjects.flatMap((subject) =>
      momentsOf(subject, drill).map((moment) => judgeMoment(moment, subject, drill)),
    ),
    { what: 'sent twice', found: listOf(toldTwice(drill.emails)), expected: 'none' },
    { what: 'the most requests in one second', ...judgeRate(drill) },
  ];
}

interface Moment {
  kind: string;
  /** By the wall clock. */
  due: number;
}

function momentsOf(subject: Subject, { policy, until }: Drill): Moment[] {
  const { expiresOn, timeZone, since } = subject;
  const onDay = (offset: string) => dayAfter(expiresOn, -Number(/^P(\d+)D$/.exec(offset)![1]));
  const byItsClock = [
    ...policy.offsets.map((kind) => ({ kind, at: instantOf(onDay(kind), policy.localTime, timeZone) })),
    { kind: 'expired', at: expiryOf(subject) },
  ];
  return byItsClock
    .map(({ kind, at }) => ({ kind, due: byTheWall(at, subject) }))
    .filter(({ due }) => due >= since && due <= until);
}

function judgeMoment({ kind, due }: Moment, subject: Subject, drill: Drill): Finding {
  const { emails, readers, outages } = drill;
  const possible = firstPossible(due, outages);
  const own = emails.filter((email) => tagOf(email, 'account') === subject.accountId && kindOf(email) === kind);
  const status = subject.recorded.find((moment) => moment.kind === kind);
  const what = `${subject.name}: ${nameOf(kind)}, due at ${timeOf(due)}${possible > due ? `, possible from ${timeOf(possible)}` : ''}`;
  const untold = whyUntold({ kind, due }, possible, subject, drill);
  if (untold !== null)
    return {
      what,
      found: `${status?.status}, ${status?.reason}, ${counted(own.length, 'e-mail')}`,
      expected: `${untold}, 0 e-mails`,
    };
  const expiresAt = kind === 'expired' ? Infinity : byTheWall(expiryOf(subject), subject);
  const findings = readers.map(({ email: address, language }): Omit<Finding, 'what'> => {
    const to = own.filter((email) => recipientOf(email) === address);
    const [first] = to;
    const rule = { due, possible: first ? possibleAgain(first, { due, possible }, outages) : possible, expiresAt };
    const wanted = `${address} ${rule.possible > due ? 'late' : 'in time'}`;
    if (first === undefined)
      return { found: `${address} ${status?.status ?? 'unknown'} without an e-mail`, expected: wanted };
    const words = wordsOf(kind, first, subject, language);
    const missing = missingIn(first, words);
    const said = `, "${words.at(-1)}"`;
    const foundWords = missing.length === 0 ? said : `, without "${missing.join('", "')}"`;
    const times = to.length > 1 ? `, ${to.length} times` : '';
    return {
      found: `${address} ${punctuality(Date.parse(first.at), rule)}${foundWords}${times}`,
      expected: `${wanted}${said}`,
    };
  });
  return {
    what,
    found: findings.map(({ found }) => found).join('; '),
    expected: findings.map(({ expected }) => expected).join('; '),
  };
}

/** What the timeline has to show for a moment without e-mails; null if e-mails are expected. */
function whyUntold({ kind, due }: Moment, possible: number, subject: Subject, drill: Drill): string | null {
  const { renewedAt = Infinity } = subject;
  if (due >= renewedAt) return 'not_applicable, renewed';
  if (possible >= renewedAt) return 'skipped, renewed';
  const expiry = expiryOf(subject);
  if (kind === 'expired') return clockOf(subject, possible) > expiry + TOLD_FOR_MS ? 'skipped, stale' : null;
  if (clockOf(subject, possible) >= expiry) return 'skipped, expired';
  const reminders = momentsOf(subject, drill).filter((moment) => moment.kind !== 'expired' && moment.due <= possible);
  return reminders.at(-1)?.kind === kind ? null : 'skipped, superseded';
}

/** The expiry on the account's clock. */
function expiryOf({ expiresOn, timeZone }: Subject): number {
  return instantOf(dayAfter(expiresOn), '00:00', timeZone);
}

/** The account's clock at a time of the wall clock. */
function clockOf({ aheadSeconds, leap }: Subject, wall: number): number {
  return wall + (leap !== undefined && wall >= leap.at ? leap.aheadSeconds : aheadSeconds) * 1000;
}

/** When, by the wall clock, the account's clock shows the instant or leaps over it. */
function byTheWall(instant: number, { aheadSeconds, leap }: Subject): number {
  const wall = instant - aheadSeconds * 1000;
  return leap === undefined || wall < leap.at ? wall : Math.max(leap.at, instant - leap.aheadSeconds * 1000);
}

/** The words that an e-mail has to contain, by the account's clock when it was sent. */
function wordsOf(kind: string, email: Email, subject: Subject, language: Language): string[] {
  const { expiresOn, timeZone, name } = subject;
  if (kind === 'expired') return [name, dateIn(language, expiresOn)];
  const at = new Date(clockOf(subject, Date.parse(email.at))).toISOString();
  return [name, ...wordsOfReminder({ kind, at, expiresOn, timeZone }, language)];
}

function punctuality(at: number, rule: { due: number; possible: number; expiresAt: number }): string {
  if (at < rule.due) return 'too early';
  if (at >= rule.expiresAt) return 'after the expiry';
  const isInTime = at <= lastOf(rule);
  if (rule.possible > rule.due) return isInTime ? 'late' : 'much too late';
  return isInTime ? 'in time' : 'too late';
}

/** The latest time at which it has to be sent. */
function lastOf({ due, possible }: { due: number; possible: number }): number {
  return possible + (possible > due ? PATIENCE_MS : IN_TIME_MS);
}

/**
 * When an e-mail could finally be sent. If the mailbox went down before the e-mail's latest time, it may have accepted
 * the e-mail without answering; the sender then retries under the same key once it is back.
 */
function possibleAgain(email: Email, rule: { due: number; possible: number }, outages: readonly Outage[]): number {
  const at = Date.parse(email.at);
  const broken = outages.find(
    ({ server, from, to }) => server === 'mailbox' && from >= rule.possible && from <= lastOf(rule) && at >= to,
  );
  return broken?.to ?? rule.possible;
}

/** The first time, from the due time on, at which no server is down. */
function firstPossible(due: number, outages: readonly Outage[]): number {
  const during = outages.find(({ from, to }) => from <= due && due < to);
  return during === undefined ? due : firstPossible(during.to, outages);
}

/** Evenly paced requests arrive with a jitter of a few milliseconds, so one more may fall within a second. */
function judgeRate({ emails, requestsPerSecond }: Drill): Omit<Finding, 'what'> {
  const most = busiestSecond(emails);
  const within = `${most}, within the rate of ${requestsPerSecond}`;
  return {
    found: most <= requestsPerSecond + 1 ? within : `${most}, above the rate of ${requestsPerSecond}`,
    expected: within,
  };
}

/** The most requests within any second; one request may contain a batch. */
function busiestSecond(emails: readonly Email[]): number {
  const requests = new Map(emails.map(({ idempotencyKey, at }) => [`${idempotencyKey} ${at}`, Date.parse(at)]));
  const times = [...requests.values()].sort((a, b) => a - b);
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));
}

/** The instant at which clocks in the zone show this date and time. */
function instantOf(day: string, time: string, timeZone: string): number {
  const quarter = 15 * 60_000;
  const asIfUtc = Date.parse(`${day}T${time}Z`);
  for (let offset = -14 * 4; offset <= 14 * 4; offset += 1) {
    const at = asIfUtc - offset * quarter;
    if (localTime(new Date(at).toISOString(), timeZone) === `${day} ${time}`) return at;
  }
  throw new Error(`In ${timeZone} the clocks never show ${day} ${time}.`);
}

function kindOf(email: Email): string | undefined {
  return tagOf(email, 'kind') === 'subscription_expired' ? 'expired' : tagOf(email, 'offset');
}

function nameOf(kind: string): string {
  if (kind === 'expired') return 'the expiry';
  return kind === 'P0D' ? 'the last notice' : `the reminder ${Number(kind.slice(1, -1))} days before`;
}

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

const listOf = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '));
