import { Badge } from '@mantine/core';
import type { AccountView } from '@tenure/contracts';
import { useWords } from '../words/use-words.js';
import { daysLeftOf } from './days-left.js';
import classes from './days-left-badge.module.css';

interface DaysLeftBadgeProps {
  account: Pick<AccountView, 'state' | 'daysLeft' | 'validUntil' | 'timeZone'>;
}

/** "29 days left", "Last day", "Works until Dec 19": the color only repeats what the words say. */
export function DaysLeftBadge({ account }: DaysLeftBadgeProps) {
  const { t, format } = useWords();
  const left = daysLeftOf(account);
  return (
    <Badge className={classes.badge} data-urgency={left.urgency}>
      {words()}
    </Badge>
  );

  function words(): string {
    if (left.kind === 'lastDay') return t('expiry.lastDay');
    if (left.kind === 'worksUntil') return t('expiry.worksUntil', { day: format.dayAndMonth(left.day) });
    const { kind, days } = left;
    return t(kind === 'over' ? 'expiry.daysAgo' : 'expiry.daysLeft', { count: days, shown: format.number(days) });
  }
}
