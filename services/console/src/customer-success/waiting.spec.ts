import { waitingOf } from './waiting.js';

const deadlines = { remindAt: '2026-11-26T09:00:00.000Z', escalateAt: '2026-12-01T09:00:00.000Z' };
const at = (now: string) => waitingOf('2026-11-24T09:00:00.000Z', deadlines, now);

describe('how long an application waits', () => {
  it.each([
    ['2026-11-24T09:00:59.000Z', 'minutes', 0, 'none'],
    ['2026-11-24T09:59:59.000Z', 'minutes', 59, 'none'],
    ['2026-11-24T10:00:00.000Z', 'hours', 1, 'none'],
    ['2026-11-26T08:59:59.000Z', 'days', 1, 'none'],
    ['2026-11-26T09:00:00.000Z', 'days', 2, 'reminded'],
    ['2026-12-01T08:59:59.000Z', 'days', 6, 'reminded'],
    ['2026-12-01T09:00:00.000Z', 'days', 7, 'escalated'],
  ] as const)('at %s: %s', (now, unit, count, mark) => expect(at(now)).toEqual({ unit, count, mark }));
  it('is never less than nothing, whatever the clocks say', () =>
    expect(at('2026-11-24T08:00:00.000Z')).toEqual({ unit: 'minutes', count: 0, mark: 'none' }));
});
