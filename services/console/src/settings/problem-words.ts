import type { problemsOf } from './reminder-rows.js';

/** The texts for each problem of the reminders. */
export const problemWords = {
  none: 'reminders.problem.none',
  too_many: 'reminders.problem.tooMany',
  not_an_offset: 'reminders.problem.notAnOffset',
  too_long: 'reminders.problem.tooLong',
  double: 'reminders.problem.double',
  not_a_time: 'reminders.problem.notATime',
  unchanged: 'reminders.problem.unchanged',
} as const satisfies Record<ReturnType<typeof problemsOf>[number]['code'], string>;
