import { asStored, isSamePolicy, problemsOf } from './chosen-policy.js';

it('what is wrong with a chosen policy is reported by field, in words', () => {
  const days = Array.from({ length: 13 }, (_, index) => `P${index}D`);
  expect([
    ...problemsOf({ offsets: ['soon', 'P61M', 'P7D', 'P1W'], localTime: '24:00' }),
    ...problemsOf({ offsets: [], localTime: '09:00' }),
    ...problemsOf({ offsets: days, localTime: '09:00' }),
  ]).toEqual([
    {
      path: 'policy.offsets.0',
      code: 'not_an_offset',
      message: 'Whole months, weeks or days before the last day, such as P1M, P2W or P0D.',
    },
    { path: 'policy.offsets.1', code: 'too_long', message: 'At most 60 months or 1830 days before.' },
    { path: 'policy.offsets.3', code: 'double', message: 'This reminder is already in the list.' },
    { path: 'policy.localTime', code: 'not_a_time', message: 'A time from 00:00 to 23:59, such as 09:00.' },
    { path: 'policy.offsets', code: 'none', message: 'Choose at least one reminder.' },
    { path: 'policy.offsets', code: 'too_many', message: 'At most 12 reminders.' },
  ]);
  expect(problemsOf({ offsets: ['P1M'], localTime: '09:00' })).toEqual([]);
});

it('a chosen policy is stored with its offsets in canonical form, in chronological order', () =>
  expect(asStored({ offsets: ['P0M', 'P2W', 'P01M'], localTime: '10:00' })).toEqual({
    offsets: ['P1M', 'P14D', 'P0D'],
    localTime: '10:00',
  }));

it.each([
  ['the same reminders at the same time', ['P1M', 'P0D'], '09:00', true],
  ['another time', ['P1M', 'P0D'], '10:00', false],
  ['another reminder', ['P1M', 'P1D'], '09:00', false],
  ['one more', ['P1M', 'P7D', 'P0D'], '09:00', false],
])('two policies are compared, with %s', (_, offsets, localTime, same) =>
  expect(isSamePolicy({ offsets: ['P1M', 'P0D'], localTime: '09:00' }, { offsets, localTime })).toBe(same),
);
