export { inAccountClock, inWallClock } from './account-clock.js';
export { addDays, addMonths, atLocalTime, localDate, localTime, startOfDay, type CalendarDate } from './calendar.js';
export { trustedTime, CLOCKS_DIFFER_BY_MS, laterOf, waitsUntil } from './clocks.js';
export { daysLeft, daysLeftUntil, dueMoments, type DueMoment } from './due.js';
export {
  canonicalOffset,
  defaultPolicy,
  inOrder,
  policyLimits,
  policyProblems,
  type PolicyProblem,
  type ReminderPolicy,
} from './policy.js';
export { spreadSeconds } from './spread.js';
export { expiresAt, expiresOn, firstDay, firstTerm, renewedTerm, type Term } from './term.js';
export { pastWhenApplied, planTimeline, remindersIn, type Moment } from './timeline.js';
export { validUntilOf } from './valid-until.js';
export { addWorkingDays } from './working-days.js';
export { isKnownZone, timeZonesOf } from './zones.js';
