import type { Refusal } from '@tenure/contracts';

/**
 * How many applications for new accounts an organization may have pending: every reviewer gets an e-mail for each. What is
 * asked of an account there is needs no limit of its own: one of each type may be pending.
 * @param pending without the one that is asked for
 */
export function tooManyPending(pending: number, maximum: number): Refusal[] {
  if (pending < maximum) return [];
  const message =
    pending === 1
      ? `1 application for a new account of your organization is pending, of at most ${maximum}. Another can be sent once it is decided or withdrawn.`
      : `${pending} applications for new accounts of your organization are pending, of at most ${maximum}. Another can be sent once some are decided or withdrawn.`;
  return [{ path: '', code: 'too_many_pending', message, figures: { pending, maximum } }];
}
