export { addDays, addMonths, atLocalTime, daysBetween, localDate, startOfDay, type CalendarDate } from './calendar.js';
export { daysLeft, dueMoments, type DueMoment } from './due.js';
export { defaultPolicy, type ReminderPolicy } from './policy.js';
export { expiresAt, expiresOn, firstDay, firstTerm, renewedTerm, type Term } from './term.js';
export { planTimeline, type Moment } from './timeline.js';
export { validUntil } from './valid-until.js';
export { addWorkingDays } from './working-days.js';
export { isCountry, timeZonesOf } from './zones.js';
