/** The reminders of a term. An organization's policy is never edited: a change is a new version. */
export interface ReminderPolicy {
  /** 1 is the default, with which every organization starts; then 2, 3 … within an organization. */
  version: number;
  /** How long before `expiresOn`: ISO 8601 durations in whole years, months, weeks and days, such as P1M, P2W or P0D. */
  offsets: string[];
  /** Local time in the account's zone, 'HH:MM'. */
  localTime: string;
}

/** A month before the last day, a week before, and a final notice on the day itself (docs/rules.md: Term and dates). */
export const defaultPolicy: ReminderPolicy = { version: 1, offsets: ['P1M', 'P7D', 'P0D'], localTime: '09:00' };

/**
 * Limits of what an organization can choose: the number of reminders, and the longest offset, which is the longest
 * period of a term.
 */
export const policyLimits = { reminders: 12, months: 60, days: 1_830 } as const;

/** A problem of a policy, at `offsets`, `offsets.<index>` or `localTime`. */
export interface PolicyProblem {
  path: string;
  code: 'none' | 'too_many' | 'not_an_offset' | 'too_long' | 'double' | 'not_a_time';
}

/** Why an organization cannot have this policy; empty if it can. */
export function policyProblems({ offsets, localTime }: Omit<ReminderPolicy, 'version'>): PolicyProblem[] {
  const canonical = offsets.map(canonicalOffset);
  const problems = canonical.flatMap((offset, index): PolicyProblem[] => {
    const path = `offsets.${index}`;
    if (offset === null) return [{ path, code: 'not_an_offset' }];
    if (isTooLong(offset)) return [{ path, code: 'too_long' }];
    return canonical.indexOf(offset) < index ? [{ path, code: 'double' }] : [];
  });
  if (offsets.length === 0) problems.push({ path: 'offsets', code: 'none' });
  if (offsets.length > policyLimits.reminders) problems.push({ path: 'offsets', code: 'too_many' });
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(localTime)) problems.push({ path: 'localTime', code: 'not_a_time' });
  return problems;
}

/**
 * The canonical form of an offset in whole months, weeks or days, so that offsets that mean the same day are the same
 * reminder: P1W and P7D are `P7D`, P0M is `P0D`. A month is not a number of days. Null if it is not such an offset.
 */
export function canonicalOffset(offset: string): string | null {
  const read = /^P(\d{1,4})([MWD])$/.exec(offset);
  if (read === null) return null;
  const count = Number(read[1]);
  if (count === 0) return 'P0D';
  return read[2] === 'M' ? `P${count}M` : `P${read[2] === 'W' ? 7 * count : count}D`;
}

/**
 * Sorts canonical offsets in the order in which they fall due, longest first. If the order depends on the month, an
 * average month decides.
 */
export function inOrder(offsets: readonly string[]): string[] {
  return offsets.toSorted((a, b) => days(b) - days(a));
}

function isTooLong(canonical: string): boolean {
  const count = Number.parseInt(canonical.slice(1), 10);
  return count > (canonical.endsWith('M') ? policyLimits.months : policyLimits.days);
}

function days(canonical: string): number {
  return Number.parseInt(canonical.slice(1), 10) * (canonical.endsWith('M') ? averageMonth : 1);
}
const averageMonth = 365.2425 / 12;
