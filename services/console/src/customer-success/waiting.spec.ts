import { mayBeMarked, waitingOf } from './waiting.js';

const deadlines = {
  remindAt: '2026-11-26T09:00:00.000Z',
  escalateAt: '2026-12-01T09:00:00.000Z',
  remindAfterWorkingDays: 2,
  escalateAfterWorkingDays: 5,
};
const at = (now: string) => waitingOf('2026-11-24T09:00:00.000Z', deadlines, now);

describe('how long an application waits', () => {
  it.each([
    ['2026-11-24T09:00:59.000Z', 'minutes', 0, null],
    ['2026-11-24T09:59:59.000Z', 'minutes', 59, null],
    ['2026-11-24T10:00:00.000Z', 'hours', 1, null],
    ['2026-11-26T08:59:59.000Z', 'days', 1, null],
    ['2026-11-26T09:00:00.000Z', 'days', 2, { what: 'reminded', overWorkingDays: 2 }],
    ['2026-12-01T08:59:59.000Z', 'days', 6, { what: 'reminded', overWorkingDays: 2 }],
    ['2026-12-01T09:00:00.000Z', 'days', 7, { what: 'escalated', overWorkingDays: 5 }],
  ] as const)('at %s is counted in %s', (now, unit, count, mark) => expect(at(now)).toEqual({ unit, count, mark }));
  it('is never negative, even if clocks differ', () =>
    expect(at('2026-11-24T08:00:00.000Z')).toEqual({ unit: 'minutes', count: 0, mark: null }));
});

it.each([
  ['2026-11-26T08:59:59.999Z', false],
  ['2026-11-26T09:00:00.000Z', true],
])('an application may have a mark after two days, the shortest two working days: at %s, %s', (now, expected) =>
  expect(mayBeMarked('2026-11-24T09:00:00.000Z', now)).toBe(expected),
);
