import type { ChosenPolicy, FieldError } from '@tenure/contracts';
import { canonicalOffset, inOrder, policyLimits, policyProblems, type PolicyProblem } from '@tenure/lifecycle';

const messages: Record<PolicyProblem['code'], string> = {
  none: 'Choose at least one reminder.',
  too_many: `At most ${policyLimits.reminders} reminders.`,
  not_an_offset: 'Whole months, weeks or days before the last day, such as P1M, P2W or P0D.',
  too_long: `At most ${policyLimits.months} months or ${policyLimits.days} days before.`,
  double: 'This reminder is already in the list.',
  not_a_time: 'A time from 00:00 to 23:59, such as 09:00.',
};

/** Why an organization cannot choose this policy, by field; empty when it can. */
export function problemsOf(chosen: ChosenPolicy): FieldError[] {
  return policyProblems(chosen).map(({ path, code }) => ({ path: `policy.${path}`, code, message: messages[code] }));
}

/**
 * The policy as it is stored: offsets in canonical form, in chronological order.
 * @param chosen a policy without problems
 */
export function asStored({ offsets, localTime }: ChosenPolicy): ChosenPolicy {
  return { offsets: inOrder(offsets.map((offset) => canonicalOffset(offset)!)), localTime };
}

/** Whether both policies have the same reminders at the same time of day. */
export function isSamePolicy(a: ChosenPolicy, b: ChosenPolicy): boolean {
  return a.localTime === b.localTime && a.offsets.join() === b.offsets.join();
}
