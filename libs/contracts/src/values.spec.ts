import { z } from 'zod';
import { applicationRequest } from './accounts/application.js';
import {
  accountName,
  calendarDate,
  comment,
  contractedDatapoints,
  emailAddress,
  idempotencyKey,
  instant,
  instantToReckonFrom,
  months,
  pictureUrl,
  reason,
  searchText,
  uuid,
} from './values.js';

const takes = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

it('an id in capital letters is read in lower case, as it is stored', () =>
  expect(uuid.parse('01A20CBC-096F-794B-8C1B-A391DBFA3C97')).toBe('01a20cbc-096f-794b-8c1b-a391dbfa3c97'));

describe('a name', () => {
  it('has 1 to 100 characters, without the space around it', () => {
    expect(accountName.parse('  Hotel Sol ')).toBe('Hotel Sol');
    expect([takes(accountName, ' '), takes(accountName, 'x'.repeat(100)), takes(accountName, 'x'.repeat(101))]).toEqual(
      [false, true, false],
    );
  });
  it('has plain spaces, and so has a search text', () =>
    expect([accountName, searchText].map((schema) => schema.parse('\u00a0Hotel\u00a0del\u202fSol'))).toEqual(
      Array(2).fill('Hotel del Sol'),
    ));
  it('has no control characters, so that no header can be smuggled into an e-mail', () =>
    expect(takes(accountName, 'Hotel\r\nBcc: all@partner.example')).toBe(false));
});

describe('datapoints', () => {
  it.each([
    [19, false],
    [20, true],
    [20.5, false],
    ['20', false],
    [1_000_000_001, false],
  ])('%p: %p', (value, expected) => expect(takes(contractedDatapoints, value)).toBe(expected));
});

describe('an e-mail address', () => {
  it.each([
    [`${'x'.repeat(64)}@partner.example`, true],
    [`${'x'.repeat(65)}@partner.example`, false],
    [`x@${'y'.repeat(63)}.example`, true],
  ])('has at most 64 characters before the @, as RFC 5321 has it: %s: %p', (value, expected) =>
    expect(takes(emailAddress, value)).toBe(expected),
  );
});

describe("a picture's address", () => {
  it.each([
    ['https://partner.example/logo.png', true],
    ['https://partner.example/@partner/logo.png?by=a:b@c', true],
    ['http://partner.example/logo.png', false],
    ['https://10.0.0.1/logo.png', false],
    ['https://ana:secret@partner.example/logo.png', false],
    ['https://ana@partner.example/logo.png', false],
    ['https://:secret@partner.example/logo.png', false],
    [String.raw`https:\\ana:secret@partner.example/logo.png`, false],
    ['not an address', false],
  ])('%p: %p', (value, expected) => expect(takes(pictureUrl, value)).toBe(expected));
});

describe('a period', () => {
  it.each([
    [0, false],
    [1, true],
    [60, true],
    [61, false],
  ])('of %p months: %p', (value, expected) => expect(takes(months, value)).toBe(expected));
});

it.each([
  ['2027-11-24T23:00:00.000Z', true],
  ['2027-11-24T23:00:00Z', false],
  ['2027-11-24T23:00:00.000+01:00', false],
  ['2027-02-30T00:00:00.000Z', false],
  ['0000-12-31T23:59:59.999Z', false],
  ['0001-01-01T00:00:00.000Z', true],
])('%s as an instant: %p', (value, expected) => expect(takes(instant, value)).toBe(expected));

it.each([
  ['8999-12-31T23:59:59.999Z', true],
  ['9000-01-01T00:00:00.000Z', false],
])('%s as an instant to reckon from: %p', (value, expected) =>
  expect(takes(instantToReckonFrom, value)).toBe(expected),
);

it.each([
  ['2028-02-29', true],
  ['2027-02-29', false],
  ['2027-2-9', false],
  ['0000-12-31', false],
  ['0001-01-01', true],
])('%s as a date: %p', (value, expected) => expect(takes(calendarDate, value)).toBe(expected));

it('an idempotency key is printable and without spaces', () =>
  expect(['a-1', '', 'a b', 'ñ', 'x'.repeat(129)].map((key) => takes(idempotencyKey, key))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]));

it.each(['   ', '\u0001'])('a reason without visible characters is refused: %j', (text) =>
  expect(takes(reason, text)).toBe(false),
);

describe.each([comment, reason])('a text of several lines', (text) => {
  it('keeps its lines and tabs, and replaces other control characters by spaces', () =>
    expect(text.parse('One\r\n\ttwo\u001B[2Jthree\u009B1mfour\u0007 ')).toBe('One\r\n\ttwo [2Jthree 1mfour'));
  it('has no null characters', () => expect(takes(text, 'a\0b')).toBe(false));
});

it('a comment and a reason have up to 1,000 characters, without the space around them', () => {
  for (const text of [comment, reason]) {
    expect([takes(text, 'x'.repeat(1_000)), takes(text, 'x'.repeat(1_001))]).toEqual([true, false]);
    expect(text.parse(' because ')).toBe('because');
  }
});

it('an e-mail address has up to 254 characters', () => {
  const long = `ana@${'x'.repeat(60)}.${'x'.repeat(60)}.${'x'.repeat(60)}.${'x'.repeat(60)}`;
  expect([takes(emailAddress, `${long}.abcdef`), takes(emailAddress, `${long}.abcdefg`)]).toEqual([true, false]);
});

describe('an application', () => {
  it('for a new account has 12 months, no RTC lines and the platform’s own sender unless it says otherwise', () =>
    expect(
      applicationRequest.parse({
        type: 'new_account',
        accountName: 'Hotel Sol',
        customerName: 'Sol Hotels',
        license: 'essential',
        datapoints: 200,
        sector: 'hotels',
      }),
    ).toMatchObject({ months: 12, rtcLines: 0, emailDomain: null, comment: '' }));
  it('says at each missing field what to do, worded for people', () => {
    const { error } = applicationRequest.safeParse({ type: 'new_account' });
    expect(Object.fromEntries(error!.issues.map(({ path, message }) => [path.join('.'), message]))).toEqual({
      accountName: "Enter the account's name.",
      customerName: "Enter the customer's name.",
      license: 'Choose a license.',
      datapoints: 'Enter a whole number.',
      sector: 'Choose a sector.',
    });
  });
  it('for a renewal carries months only', () =>
    expect(
      takes(applicationRequest, {
        type: 'renew_subscription',
        accountId: '01a20cbc-096f-794b-8c1b-a391dbfa3c97',
        months: 12,
        datapoints: 500,
      }),
    ).toBe(false));
});
