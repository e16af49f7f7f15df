import type { ContractFacts, Refusal } from '@tenure/contracts';
import { changedFacts, figuresOf, judge, refusedFields } from './judgement.js';

const facts: ContractFacts = {
  license: 'basic',
  contracted: 100,
  rtcLines: 2,
  expiresOn: '2027-11-24',
  state: 'active',
};
const belowUsed: Refusal = {
  path: 'datapoints',
  code: 'below_used',
  message: '480 are in use.',
  figures: { used: 480 },
};

describe('an approval', () => {
  it('holds if what was seen is unchanged and licensing refuses nothing', () =>
    expect(judge({ verdict: 'approve', seen: facts }, { refusals: [], before: { ...facts } })).toEqual({
      holds: true,
      status: 'approved',
    }));

  it('of a new account has no facts to compare', () =>
    expect(judge({ verdict: 'approve', seen: null }, { refusals: [], before: null })).toEqual({
      holds: true,
      status: 'approved',
    }));

  it.each([
    ['license', 'pro'],
    ['contracted', 90],
    ['rtcLines', 3],
    ['expiresOn', '2028-11-24'],
    ['state', 'expired'],
  ] as const)('is refused when %s changed, with what was seen and what holds', (fact, now) => {
    const before = { ...facts, [fact]: now };
    expect(judge({ verdict: 'approve', seen: facts }, { refusals: [], before })).toEqual({
      holds: false,
      code: 'facts_changed',
      detail: 'What the decision was based on has changed.',
      errors: [
        {
          path: `seen.${fact}`,
          code: 'changed',
          message: `It was ${facts[fact]} and is ${now} now.`,
          figures: { seen: facts[fact], now },
        },
      ],
      figures: before,
      current: before,
    });
  });

  it('is refused if licensing refuses, with the application’s fields and the figures', () =>
    expect(judge({ verdict: 'approve', seen: facts }, { refusals: [belowUsed], before: facts })).toEqual({
      holds: false,
      code: 'contract_refused',
      detail: 'The application cannot be approved as things stand.',
      errors: [{ ...belowUsed, path: 'application.datapoints' }],
      figures: { used: 480 },
      current: facts,
    }));

  it('by someone who saw other figures is refused for those first', () =>
    expect(
      judge({ verdict: 'approve', seen: facts }, { refusals: [belowUsed], before: { ...facts, contracted: 500 } }),
    ).toMatchObject({ holds: false, code: 'facts_changed' }));
});

it('a rejection holds whatever has changed', () =>
  expect(judge({ verdict: 'reject' }, { refusals: [belowUsed], before: facts })).toEqual({
    holds: true,
    status: 'rejected',
  }));

it('if nothing was seen, every fact is reported', () =>
  expect(changedFacts(null, facts)).toEqual([
    { path: 'seen.license', code: 'changed', message: 'It is basic.', figures: { now: 'basic' } },
    { path: 'seen.contracted', code: 'changed', message: 'It is 100.', figures: { now: 100 } },
    { path: 'seen.rtcLines', code: 'changed', message: 'It is 2.', figures: { now: 2 } },
    { path: 'seen.expiresOn', code: 'changed', message: 'It is 2027-11-24.', figures: { now: '2027-11-24' } },
    { path: 'seen.state', code: 'changed', message: 'It is active.', figures: { now: 'active' } },
  ]));

it('the figures of several refusals leave out the names that two of them use for different figures', () =>
  expect(
    figuresOf([
      {
        path: 'license',
        code: 'too_many_datapoints',
        message: '',
        figures: { contracted: 900, used: 745, maximum: 200 },
      },
      { path: 'license', code: 'too_many_rtc_lines', message: '', figures: { rtcLines: 12, maximum: 5 } },
      { path: 'datapoints', code: 'below_used', message: '', figures: { used: 745 } },
      { path: 'sector', code: 'unknown_sector', message: '' },
    ]),
  ).toEqual({ contracted: 900, used: 745, rtcLines: 12 }));

describe('a refusal, as a field error in a message,', () => {
  it.each([
    ['datapoints', 'application.datapoints'],
    ['application.datapoints', 'application.datapoints'],
    ['', 'application'],
  ])('at the path %j has the path %j', (path, expected) =>
    expect(refusedFields([{ ...belowUsed, path }])).toEqual([{ ...belowUsed, path: expected }]),
  );
});
