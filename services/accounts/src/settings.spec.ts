import { Settings } from './settings.js';

function given(environment: Record<string, string>): Settings {
  Object.assign(process.env, environment);
  return new Settings();
}

it('an application waits for a year at most, so that nothing is reckoned beyond the calendar', () => {
  expect(given({ LAPSE_AFTER_HOURS: '8784' }).review.lapseAfterHours).toBe(366 * 24);
  expect(() => given({ LAPSE_AFTER_HOURS: '2592000000' })).toThrow(/LAPSE_AFTER_HOURS/);
});
