import type { CalendarDate } from '@tenure/lifecycle';
import type { Words } from './letter.js';

/**
 * The last day of an account that works no longer, where an application for its renewal came to nothing: past that day
 * this alone kept it working (docs/rules.md: Term and dates). Null where nothing has changed. Whether a renewal is
 * pending does not say so: licensing may not have heard of its end yet.
 */
export function lastDayOfStopped({ application, subscription }: Words): CalendarDate | null {
  if (application?.type !== 'renew_subscription' || subscription === null) return null;
  return subscription.daysLeft < 0 ? subscription.expiresOn : null;
}
