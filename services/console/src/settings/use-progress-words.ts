import type { PolicyChangeView } from '@tenure/contracts';
import { useSession } from '../api/use-session.js';
import { useWords } from '../words/use-words.js';

/** The progress of applying the chosen reminders, in words. */
export function useProgressWords(): (change: PolicyChangeView) => string {
  const { t, format } = useWords();
  const { timeZone } = useSession().member.organization;
  return ({ state, total, lookedAt, kept = 0, endedAt }) => {
    const moment = endedAt && format.moment(endedAt, timeZone);
    if (moment && kept > 0) return t('reminders.isAppliedButTo', { moment, kept: format.number(kept) });
    if (moment) return t('reminders.isApplied', { moment });
    const figures = { done: format.number(Math.min(lookedAt, total)), total: format.number(total) };
    return t(`reminders.${state === 'stopped' ? 'stopped' : 'applying'}`, figures);
  };
}
