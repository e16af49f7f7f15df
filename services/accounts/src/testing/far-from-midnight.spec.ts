import { farFromMidnight } from './far-from-midnight.js';

it('a spec never starts within three hours of midnight in the time zone of its accounts', () => {
  const hour = 3_600_000;
  const begin = Date.parse('2026-01-01T00:00:00.000Z');
  const clocks = new Map<string, Intl.DateTimeFormat>();
  const hours = new Set<number>();
  for (let at = begin; at < begin + 366 * 24 * hour; at += hour / 2) {
    const { timeZone } = farFromMidnight(new Date(at));
    const clock =
      clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
    clocks.set(timeZone, clock);
    hours.add(Number(clock.format(at)));
  }
  expect(Math.min(...hours)).toBeGreaterThanOrEqual(3);
  expect(Math.max(...hours)).toBeLessThan(21);
});
