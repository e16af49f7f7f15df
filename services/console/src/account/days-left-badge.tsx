import { Badge } from '@mantine/core';
import type { AccountView } from '@tenure/contracts';
import { useWords } from '../words/use-words.js';
import { daysLeftOf, type DaysLeft } from './days-left.js';
import classes from './days-left-badge.module.css';

/** "29 days left", "Last day", "Works until Dec 19": the color only repeats what the words say. */
export function DaysLeftBadge({
  account,
}: {
  account: Pick<AccountView, 'state' | 'daysLeft' | 'validUntil' | 'timeZone'>;
}) {
  const { t, format } = useWords();
  const left = daysLeftOf(account);
  const words = {
    days: () => count('expiry.daysLeft'),
    over: () => count('expiry.daysAgo'),
    lastDay: () => t('expiry.lastDay'),
    worksUntil: () => t('expiry.worksUntil', { day: left.kind === 'worksUntil' ? format.dayAndMonth(left.day) : '' }),
  };
  const count = (key: 'expiry.daysLeft' | 'expiry.daysAgo') => {
    const days = 'days' in left ? left.days : 0;
    return t(key, { count: days, shown: format.number(days) });
  };
  return (
    <Badge className={classes.badge} data-urgency={urgencyOf(left)}>
      {words[left.kind]()}
    </Badge>
  );
}

function urgencyOf(left: DaysLeft): string {
  if (left.kind === 'days') return left.urgency;
  return { lastDay: 'today', worksUntil: 'today', over: 'none' }[left.kind];
}
