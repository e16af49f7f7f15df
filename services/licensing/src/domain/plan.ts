import { CLOCKS_DIFFER_BY_MS } from '@tenure/lifecycle';
import type { Contract } from './contract.js';
import { dueOf, remindersOf, timelineOf } from './timeline.js';

/** Whether a moment's plan still holds; if not, why. */
export interface PlanCheck {
  current: boolean;
  /** 'renewed' (the term is not the last one any more), 'superseded', 'expired', 'stale', 'still_valid', 'not_planned'; null when it holds. */
  reason: string | null;
}

/**
 * Asked shortly before a notice is sent (docs/rules.md: Term and dates).
 * A reminder holds until a later one is due or the term has expired; the expiry, once the account has stopped and for 7
 * days. What is not about a term always holds.
 * @param now in the account's clock
 */
export function checkPlanOf(
  contract: Contract,
  ask: { termNumber: number | null; kind: string },
  now: Date,
): PlanCheck {
  if (ask.termNumber === null) return { current: true, reason: null };
  if (ask.termNumber !== contract.term.number) return { current: false, reason: 'renewed' };

  const moment = timelineOf(contract).find(({ kind }) => kind === ask.kind);
  if (moment === undefined || moment.status !== 'planned')
    return { current: false, reason: moment?.reason ?? 'not_planned' };

  const isClose = moment.at.getTime() - now.getTime() <= CLOCKS_DIFFER_BY_MS;
  if (moment.kind === 'expired' && !isClose) return { current: false, reason: 'still_valid' };
  const { due } = dueOf(contract, moment.at > now ? moment.at : now);
  const reason = due.find(({ moment: { kind } }) => kind === ask.kind)?.reason ?? null;
  return { current: reason === null, reason };
}

/** Whether a reminder of the term is the last one before its end: nothing later is planned but the expiry. */
export function isLastReminder(contract: Contract, kind: string): boolean {
  return remindersOf(contract).at(-1)?.kind === kind;
}

/** Whether any reminder of the term is planned: none of one that is shorter than each of them is before its end. */
export function hasReminders(contract: Contract): boolean {
  return remindersOf(contract).length > 0;
}
