import { chosenOf, problemsOf, remindersOf, sortedRows, withAnother, type ReminderRow } from './reminder-rows.js';

const current = { offsets: ['P1M', 'P14D', 'P0D'], localTime: '09:00' };
const row = (id: number, count: ReminderRow['count'], unit: ReminderRow['unit']) => ({ id, count, unit });

describe('the rows of a policy', () => {
  it('show whole weeks as weeks, and the last day as 0 days', () =>
    expect(remindersOf({ offsets: ['P6M', 'P45D', 'P14D', 'P0D'], localTime: '10:00' })).toEqual({
      rows: [row(0, 6, 'M'), row(1, 45, 'D'), row(2, 2, 'W'), row(3, 0, 'D')],
      localTime: '10:00',
    }));

  it('are sent as typed', () =>
    expect(chosenOf({ rows: [row(0, 2, 'W'), row(1, 1, 'M')], localTime: '10:00' })).toEqual({
      offsets: ['P2W', 'P1M'],
      localTime: '10:00',
    }));

  it('get an added row that differs from the others', () => {
    const { rows } = remindersOf({ offsets: ['P14D', 'P7D'], localTime: '09:00' });
    expect(withAnother(rows)).toEqual([...rows, row(2, 3, 'W')]);
    expect(withAnother([])).toEqual([row(0, 1, 'W')]);
    expect(
      [['P7D'], ['P7D', 'P14D', 'P21D'], ['P7D', 'P14D', 'P21D', 'P28D']].map(
        (offsets) => withAnother(remindersOf({ offsets, localTime: '09:00' }).rows).at(-1)!.count,
      ),
    ).toEqual([2, 4, 1]);
  });

  it('are sorted by time, with incomplete ones at the end', () =>
    expect(
      sortedRows([row(0, '', 'D'), row(1, 0, 'D'), row(2, 30, 'D'), row(3, 1, 'M'), row(4, 5, 'W')]).map(
        ({ id }) => id,
      ),
    ).toEqual([4, 3, 2, 1, 0]));

  it('keep the order of equal and of incomplete ones', () =>
    expect(sortedRows([row(3, '', 'D'), row(1, 7, 'D'), row(2, '', 'W'), row(0, 1, 'W')]).map(({ id }) => id)).toEqual([
      1, 0, 3, 2,
    ]));
});

describe('the problems of a policy', () => {
  const problems = (rows: ReminderRow[], localTime = '09:00') =>
    problemsOf({ rows, localTime }, current).map(({ path, code }) => `${path} ${code}`);

  it.each([
    ['no reminders', [], ['offsets none']],
    ['an empty field', [row(0, '', 'D')], ['offsets.0 not_an_offset']],
    ['half a month', [row(0, 1.5, 'M')], ['offsets.0 not_an_offset']],
    ['a negative number', [row(0, -1, 'D')], ['offsets.0 not_an_offset']],
    ['longer than any term', [row(0, 61, 'M'), row(1, 1_831, 'D')], ['offsets.0 too_long', 'offsets.1 too_long']],
    ['a week, and seven days', [row(0, 1, 'W'), row(1, 7, 'D')], ['offsets.1 double']],
    ['thirteen', Array.from({ length: 13 }, (_, id) => row(id, id, 'D')), ['offsets too_many']],
  ] as const)('%s', (_, rows, expected) => expect(problems([...rows])).toEqual(expected));

  it('an invalid time', () => expect(problems([row(0, 1, 'M')], '')).toEqual(['localTime not_a_time']));

  it('no change, in whatever order', () =>
    expect(problems([row(0, 0, 'D'), row(1, 2, 'W'), row(2, 1, 'M')])).toEqual(['offsets unchanged']));

  it('none, if something is different', () => {
    expect(problems([row(0, 2, 'W'), row(1, 1, 'M')])).toEqual([]);
    expect(problems(remindersOf(current).rows, '09:30')).toEqual([]);
  });
});
