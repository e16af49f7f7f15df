import type { Refusal } from '@tenure/contracts';

/**
 * Limits how many applications for new accounts an organization may have pending, because every reviewer gets an e-mail
 * for each. Applications about an existing account need no limit: only one of each type may be pending.
 * @param pending without the one being sent
 */
export function tooManyPending(pending: number, maximum: number): Refusal[] {
  if (pending < maximum) return [];
  const message =
    pending === 1
      ? `Your organization has 1 pending application for a new account; the limit is ${maximum}. You can send another once it is decided or withdrawn.`
      : `Your organization has ${pending} pending applications for new accounts; the limit is ${maximum}. You can send another once some are decided or withdrawn.`;
  return [{ path: '', code: 'too_many_pending', message, figures: { pending, maximum } }];
}
