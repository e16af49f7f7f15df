import type { AccountView } from '@tenure/contracts';

const dayMs = 86_400_000;

/** Whether the account's term has begun. An account renewed before its last day has a term that is still to come. */
export function hasBegun({ firstDay, expiresOn, daysLeft }: Pick<AccountView, 'firstDay' | 'expiresOn' | 'daysLeft'>) {
  return Date.parse(firstDay) <= Date.parse(expiresOn) - daysLeft * dayMs;
}
