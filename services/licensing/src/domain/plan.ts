import type { MomentReason } from '@tenure/contracts';
import { CLOCKS_DIFFER_BY_MS } from '@tenure/lifecycle';
import type { Contract } from './contract.js';
import { dueOf, remindersOf, timelineOf } from './timeline.js';

/** Whether a moment's plan still holds, and if not, why. */
export interface PlanCheck {
  current: boolean;
  /** Null when the plan holds. `renewed`: the term is no longer the last one. */
  reason: MomentReason | null;
}

/**
 * Checked shortly before a notice is sent (docs/rules.md: Term and dates).
 * A reminder holds until a later one is due or the term has expired. The expired notice holds once the account has
 * stopped, for 7 days. A notice that is not about a term always holds.
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

/** Whether this is the last reminder of the term: only the expiry is planned after it. */
export function isLastReminder(contract: Contract, kind: string): boolean {
  return remindersOf(contract).at(-1)?.kind === kind;
}

/** Whether any reminder of the term is planned: a term that is shorter than every offset has none. */
export function hasReminders(contract: Contract): boolean {
  return remindersOf(contract).length > 0;
}
