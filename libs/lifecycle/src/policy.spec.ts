import { canonicalOffset, defaultPolicy, inOrder, policyProblems } from './policy.js';

describe('the default policy', () => {
  it('reminds at 09:00 a month before the last day, a week before, and on the day', () =>
    expect(defaultPolicy).toEqual({ version: 1, offsets: ['P1M', 'P7D', 'P0D'], localTime: '09:00' }));

  it('is one that an organization could choose, in canonical form', () => {
    expect(policyProblems(defaultPolicy)).toEqual([]);
    expect(inOrder(defaultPolicy.offsets.map((offset) => canonicalOffset(offset)!))).toEqual(defaultPolicy.offsets);
  });
});

describe('an offset', () => {
  it.each([
    ['P1M', 'P1M'],
    ['P01M', 'P1M'],
    ['P12M', 'P12M'],
    ['P7D', 'P7D'],
    ['P1W', 'P7D'],
    ['P2W', 'P14D'],
    ['P0D', 'P0D'],
    ['P0M', 'P0D'],
    ['P0W', 'P0D'],
    ['P1Y', null],
    ['P1M7D', null],
    ['PT9H', null],
    ['P-1D', null],
    ['P1.5M', null],
    ['P1m', null],
    ['1M', null],
    ['P10000D', null],
    [' P1M', null],
    ['', null],
  ])('%j is written %j', (offset, canonical) => expect(canonicalOffset(offset)).toBe(canonical));
});

describe('what an organization cannot choose', () => {
  const days = (count: number) => Array.from({ length: count }, (_, index) => `P${index}D`);
  it.each([
    [['P1M', 'P7D', 'P0D'], '09:00', []],
    [['P60M', 'P1830D', 'P261W'], '00:00', []],
    [days(12), '23:59', []],
    [days(13), '09:00', ['offsets too_many']],
    [[], '09:00', ['offsets none']],
    [['P61M'], '09:00', ['offsets.0 too_long']],
    [['P1M', 'P1831D', 'P262W'], '09:00', ['offsets.1 too_long', 'offsets.2 too_long']],
    [['P7D', 'P1W'], '09:00', ['offsets.1 double']],
    [['P0D', 'P1D', 'P0M', 'P0D'], '09:00', ['offsets.2 double', 'offsets.3 double']],
    [['P1M', 'soon'], '09:00', ['offsets.1 not_an_offset']],
    [['P1M', 'P30D', 'P31D'], '09:00', []],
    [['P1M'], '24:00', ['localTime not_a_time']],
    [['P1M'], '9:00', ['localTime not_a_time']],
    [['P1M'], '1h:00', ['localTime not_a_time']],
    [['P1M'], '09:60', ['localTime not_a_time']],
    [['P1M'], '09:00:00', ['localTime not_a_time']],
    [['?'], 'noon', ['offsets.0 not_an_offset', 'localTime not_a_time']],
  ])('%j at %s: %j', (offsets, localTime, problems) =>
    expect(policyProblems({ offsets, localTime }).map(({ path, code }) => `${path} ${code}`)).toEqual(problems),
  );
});

it('offsets are sorted as they fall due; a month is between 30 and 31 days', () =>
  expect(inOrder(['P0D', 'P30D', 'P1M', 'P366D', 'P12M', 'P365D', 'P14D', 'P31D'])).toEqual([
    'P366D',
    'P12M',
    'P365D',
    'P31D',
    'P1M',
    'P30D',
    'P14D',
    'P0D',
  ]));
