import { ofTheDay } from './of-the-day.js';

describe('a preview', () => {
  const shown = { asOf: '2026-11-28T22:59:58.000Z', timeZone: 'Europe/Madrid' };
  const another = { asOf: '2026-11-28T23:00:02.000Z', timeZone: 'Europe/Madrid' };
  const on = (instant: string) => ofTheDay(instant, shown, async () => another);

  it('applies to a decision on its own day', async () => expect(await on('2026-11-28T22:59:59.999Z')).toBe(shown));
  it('is fetched again once midnight has passed in the account’s zone', async () =>
    expect(await on('2026-11-28T23:00:00.000Z')).toBe(another));
});
