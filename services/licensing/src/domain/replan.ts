import type { PolicyEffect } from '@tenure/contracts';
import { pastWhenApplied, type Moment, type ReminderPolicy } from '@tenure/lifecycle';
import type { Dates } from './contract.js';
import { timelineOf } from './timeline.js';

/** The same with its last term planned by another policy from now on (2-domain: Term and dates, policy). @param now in the account's clock */
export function replanned<D extends Dates>(dates: D, policy: ReminderPolicy, now: Date): D {
  const asIfFromTheStart = { ...dates, policy, pastWhenApplied: [] };
  return {
    ...asIfFromTheStart,
    pastWhenApplied: pastWhenApplied(timelineOf(dates), timelineOf(asIfFromTheStart), now),
  };
}

/**
 * What that changes of the reminders that were still to come: what was due before is not sent again, whenever it would
 * come now.
 * @param after as `replanned` at that time: what is past by the new policy is left out
 */
export function effectOf(before: Dates, after: Dates, now: Date): PolicyEffect {
  const [was, is] = [remindersOf(before), remindersOf(after)];
  const wereToCome = was.filter(({ at }) => at > now);
  const find = (moments: readonly Moment[], kind: string) => moments.find((moment) => moment.kind === kind);
  return {
    more: is.filter(({ kind }) => find(was, kind) === undefined).length,
    fewer: wereToCome.filter(({ kind }) => !after.policy.offsets.includes(kind)).length,
    moved: wereToCome.filter(({ kind, at }) => {
      const other = find(is, kind);
      return other !== undefined && other.at.getTime() !== at.getTime();
    }).length,
    skipped: after.pastWhenApplied.length,
  };
}

/** The same effects, counted, the most frequent first. */
export function countEffects(effects: readonly PolicyEffect[]): (PolicyEffect & { accounts: number })[] {
  const groups = Map.groupBy(effects, (effect) => Object.values(effect).join());
  return [...groups.values()]
    .map((group) => ({ ...group[0]!, accounts: group.length }))
    .sort((a, b) => b.accounts - a.accounts);
}

function remindersOf(dates: Dates): Moment[] {
  return timelineOf(dates).filter(({ kind, status }) => kind !== 'expired' && status === 'planned');
}
