import type { PolicyEffect } from '@tenure/contracts';
import { isKnownZone, pastWhenApplied, type Moment, type ReminderPolicy } from '@tenure/lifecycle';
import type { Dates } from './contract.js';
import { remindersOf } from './timeline.js';

/** What another policy makes of the last term of an account, from now on. */
export interface Replanned<D extends Dates> {
  /** The same, planned by it (docs/rules.md: Term and dates). */
  after: D;
  /** What that changes of the reminders that were still to come: what was due before is not sent again, whenever it would come now. */
  effect: PolicyEffect;
}

/** Whether reminders can be reckoned here; where not, the account keeps those that it has (`isKnownZone`). */
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

/** What a change does of so many accounts. */
type CountedEffect = PolicyEffect & { accounts: number };

/** The same effects, counted together, the most frequent first. */
export function countEffects(effects: readonly CountedEffect[]): CountedEffect[] {
  const groups = Map.groupBy(effects, ({ more, fewer, moved, skipped }) => [more, fewer, moved, skipped].join());
  return [...groups.values()]
    .map((group) => ({ ...group[0]!, accounts: group.reduce((sum, { accounts }) => sum + accounts, 0) }))
    .sort((a, b) => b.accounts - a.accounts);
}
