import { farFromMidnight } from './far-from-midnight.js';

it('a spec never begins within three hours of midnight where its accounts are', () => {
  const hour = 3_600_000;
  const begin = Date.parse('2026-01-01T00:00:00.000Z');
  for (let at = begin; at < begin + 366 * 24 * hour; at += hour / 2) {
    const { timeZone } = farFromMidnight(new Date(at));
    const hourThere = Number(
      new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at),
    );
    expect(hourThere).toBeGreaterThanOrEqual(3);
    expect(hourThere).toBeLessThan(21);
  }
});
