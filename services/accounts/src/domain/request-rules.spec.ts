import { fieldProblems, fillIn, type FilledRequest, type NewAccountRequest } from './request-rules.js';

const organization = { country: 'ES', timeZone: 'Europe/Madrid' };
const allKnown = { sector: true, emailDomain: true };

function aRequest(change: Partial<NewAccountRequest> = {}): NewAccountRequest {
  return {
    type: 'new_account',
    accountName: 'Harbour',
    customerName: 'Port',
    license: 'basic',
    datapoints: 20,
    months: 12,
    sector: 'retail',
    rtcLines: 0,
    emailDomain: null,
    comment: '',
    ...change,
  };
}
function filled(change: Partial<NewAccountRequest> = {}): FilledRequest {
  return fillIn(aRequest(change), organization);
}
const codes = (request: FilledRequest, known = allKnown) =>
  fieldProblems(request, known).map(({ path, code }) => `${path}: ${code}`);

describe('country and time zone', () => {
  it.each([
    ['are those of the organization, if left out', {}, 'ES', 'Europe/Madrid'],
    ['can be another zone of its country', { timeZone: 'Atlantic/Canary' }, 'ES', 'Atlantic/Canary'],
    ['can be another country, whose only zone needs no choice', { country: 'FR' }, 'FR', 'Europe/Paris'],
    ['need a choice if another country has several zones', { country: 'PT' }, 'PT', ''],
  ])('%s', (_, change, country, timeZone) => expect(filled(change)).toMatchObject({ country, timeZone }));

  it.each([
    ['a zone of the country', { timeZone: 'Africa/Ceuta' }, []],
    ["another country's zone", { timeZone: 'Europe/Paris' }, ['timeZone: unknown_time_zone']],
    ['no zone if there are several', { country: 'PT' }, ['timeZone: unknown_time_zone']],
    ['an unknown zone', { timeZone: 'Moon/Base' }, ['timeZone: unknown_time_zone']],
    ['an unknown country', { country: 'XX' }, ['country: unknown_country']],
  ])('%s', (_, change, expected) => expect(codes(filled(change))).toEqual(expected));
});

describe('RTC lines', () => {
  it.each([
    ['are available in Spain', { rtcLines: 3 }, []],
    ['may be 0 anywhere', { country: 'FR' }, []],
    ['are not available elsewhere', { country: 'FR', rtcLines: 1 }, ['rtcLines: only_in_spain']],
  ])('%s', (_, change, expected) => expect(codes(filled(change))).toEqual(expected));
});

it('problems are reported in words, with their figures', () => {
  const wrong = { accountName: '\u200b', rtcLines: 1, country: 'FR', timeZone: 'Moon/Base', emailDomain: 'x.example' };
  const unknown = { sector: false, emailDomain: false };
  expect(fieldProblems(filled(wrong), unknown)).toEqual([
    { path: 'accountName', code: 'too_small', message: "Enter the account's name." },
    { path: 'timeZone', code: 'unknown_time_zone', message: "Choose one of the country's time zones." },
    { path: 'sector', code: 'unknown_sector', message: 'Choose one of the sectors.' },
    {
      path: 'rtcLines',
      code: 'only_in_spain',
      message: 'RTC lines exist only in Spain.',
      figures: { maximum: 0 },
    },
    {
      path: 'emailDomain',
      code: 'not_verified',
      message: "Choose one of your organization's verified domains.",
    },
  ]);
  expect(fieldProblems(filled({ country: 'XX', customerName: '\u202ePort' }), allKnown)).toEqual([
    {
      path: 'customerName',
      code: 'unseen_characters',
      message: 'This contains invisible characters. Type it instead of pasting it.',
    },
    { path: 'country', code: 'unknown_country', message: 'Choose a country.' },
  ]);
});

it('the sector has to be in the catalog', () =>
  expect(codes(filled(), { ...allKnown, sector: false })).toEqual(['sector: unknown_sector']));

it('only a verified domain of the organization can be chosen', () =>
  expect(codes(filled({ emailDomain: 'mail.example' }), { ...allKnown, emailDomain: false })).toEqual([
    'emailDomain: not_verified',
  ]));

it('a verified domain can be chosen', () => expect(codes(filled({ emailDomain: 'mail.example' }))).toEqual([]));

it("no domain means the platform's own", () =>
  expect(codes(filled(), { ...allKnown, emailDomain: false })).toEqual([]));

it('an invisible name counts as missing', () =>
  expect(codes(filled({ accountName: '\u200b', customerName: '\u2060' }))).toEqual([
    'accountName: too_small',
    'customerName: too_small',
  ]));

it('a name must not change the text direction or break the line', () =>
  expect(codes(filled({ accountName: 'Hotel \u202e002', customerName: 'Port\u2028Bcc' }))).toEqual([
    'accountName: unseen_characters',
    'customerName: unseen_characters',
  ]));

it('everything that is wrong is reported at once', () =>
  expect(
    codes(filled({ timeZone: 'Europe/Paris', country: 'IT', rtcLines: 2 }), { sector: false, emailDomain: true }),
  ).toEqual(['timeZone: unknown_time_zone', 'sector: unknown_sector', 'rtcLines: only_in_spain']));

it('other types have no such fields', () => {
  const request = { type: 'change_datapoints', accountId: 'a', datapoints: 30, comment: '' } as const;
  expect(fillIn(request, organization)).toEqual(request);
  expect(codes(request, { sector: false, emailDomain: false })).toEqual([]);
});
