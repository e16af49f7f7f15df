import type { CalendarDate } from '@tenure/lifecycle';
import type { Words } from './letter.js';

/**
 * The last day of an account that has stopped working, if an application for its renewal came to nothing: past that
 * day, only the pending renewal had kept it working (docs/rules.md: Term and dates). Null if nothing has changed.
 * `renewalPending` is not enough to decide: licensing may not have received the end of the renewal yet.
 */
export function lastDayOfStopped({ application, subscription }: Words): CalendarDate | null {
  if (application?.type !== 'renew_subscription' || subscription === null) return null;
  return subscription.daysLeft < 0 ? subscription.expiresOn : null;
}
