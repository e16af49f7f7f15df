import type { PolicyEffect } from '@tenure/contracts';
import { isKnownZone, pastWhenApplied, type Moment, type ReminderPolicy } from '@tenure/lifecycle';
import type { Dates } from './contract.js';
import { remindersOf } from './timeline.js';

/** An account's last term, planned by another policy from now on. */
export interface Replanned<D extends Dates> {
  /** The same dates, planned by the new policy (docs/rules.md: Term and dates). */
  after: D;
  /**
   * What changes about the reminders still to come. A reminder that was already due is not sent again, whatever its new
   * time.
   */
  effect: PolicyEffect;
}

/**
 * Whether this process can calculate reminders for the account; if not, the account keeps its current ones
 * (`isKnownZone`).
 */
export function canBePlanned({ contract: { timeZone } }: { contract: Pick<Dates, 'timeZone'> }): boolean {
  return isKnownZone(timeZone);
}

/** @param now in the account's clock */
export function replanned<D extends Dates>(dates: D, policy: ReminderPolicy, now: Date): Replanned<D> {
  const asIfFromTheStart = { ...dates, policy, pastWhenApplied: [] };
  const [was, plan] = [remindersOf(dates), remindersOf(asIfFromTheStart)];
  const past = pastWhenApplied(was, plan, now);
  const is = plan.filter(({ kind }) => !past.includes(kind));
  const wereToCome = was.filter(({ at }) => at > now);
  const find = (moments: readonly Moment[], kind: string) => moments.find((moment) => moment.kind === kind);
  return {
    after: { ...asIfFromTheStart, pastWhenApplied: past },
    effect: {
      more: is.filter(({ kind }) => find(was, kind) === undefined).length,
      fewer: wereToCome.filter(({ kind }) => !policy.offsets.includes(kind)).length,
      moved: wereToCome.filter(({ kind, at }) => {
        const other = find(is, kind);
        return other !== undefined && other.at.getTime() !== at.getTime();
      }).length,
      skipped: past.length,
    },
  };
}

/** An effect, and the number of accounts that have it. */
type CountedEffect = PolicyEffect & { accounts: number };

/** Groups equal effects and adds up their accounts, the most frequent first. */
export function countEffects(effects: readonly CountedEffect[]): CountedEffect[] {
  const groups = Map.groupBy(effects, ({ more, fewer, moved, skipped }) => [more, fewer, moved, skipped].join());
  return [...groups.values()]
    .map((group) => ({ ...group[0]!, accounts: group.reduce((sum, { accounts }) => sum + accounts, 0) }))
    .sort((a, b) => b.accounts - a.accounts);
}
