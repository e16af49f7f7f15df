import { Settings } from './settings.js';

function given(environment: Record<string, string>): Settings {
  const before = process.env;
  process.env = environment;
  try {
    return new Settings();
  } finally {
    process.env = before;
  }
}

it('by default, reviewers are reminded after 2 working days, their lead after 5, and an application lapses after 30 × 24 hours', () => {
  expect(given({}).review).toEqual({ remindAfterWorkingDays: 2, escalateAfterWorkingDays: 5, lapseAfterHours: 720 });
  const set = { REMIND_AFTER_WORKING_DAYS: '1', ESCALATE_AFTER_WORKING_DAYS: '3', LAPSE_AFTER_HOURS: '48' };
  expect(given(set).review).toEqual({ remindAfterWorkingDays: 1, escalateAfterWorkingDays: 3, lapseAfterHours: 48 });
});

it('an application waits for a year at most, so that no date exceeds the calendar', () => {
  expect(given({ LAPSE_AFTER_HOURS: '8784' }).review.lapseAfterHours).toBe(366 * 24);
  expect(() => given({ LAPSE_AFTER_HOURS: '2592000000' })).toThrow(/LAPSE_AFTER_HOURS/);
});
