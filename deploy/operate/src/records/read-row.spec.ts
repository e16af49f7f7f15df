import { accountIdFor } from './account-id.js';
import type { Cells } from './columns.js';
import type { Organizations } from '../members/everybody.js';
import { readRow } from './read-row.js';

const id = (last: number) => `01990000-0000-7000-8000-00000000000${last}`;
const capitals = '01990000-0000-7000-8000-00000000000a';
const organizations = [
  { organizationId: id(1), name: 'Solar', language: 'es' },
  { organizationId: id(2), name: 'Wind' },
  { organizationId: id(3), name: 'Wind' },
  { organizationId: capitals, name: 'Wind Power' },
] as Organizations;
const cells: Cells = {
  ...{
    organization: 'Solar',
    account_name: 'Roof',
    customer_name: 'Sol',
    license: 'plus',
    datapoints: '20',
    sector: 'hotel',
  },
  expires_on: '2027-11-24',
};
const read = (over: Partial<Record<keyof Cells, string | undefined>> = {}) => {
  const given = Object.fromEntries(Object.entries({ ...cells, ...over }).filter(([, value]) => value !== undefined));
  return readRow(given as Cells, organizations);
};
const accountOf = (over: Parameters<typeof read>[0] = {}) => {
  const row = read(over);
  expect(row).toHaveProperty('account');
  return 'account' in row ? row.account : undefined;
};
const wrongOf = (over: Parameters<typeof read>[0]) => {
  const row = read(over);
  return 'wrong' in row ? row.wrong : [];
};

describe('a line', () => {
  it('needs few columns: the others have defaults', () =>
    expect(accountOf()).toMatchObject({
      organizationId: id(1),
      accountName: 'Roof',
      datapoints: 20,
      rtcLines: 0,
      emailDomain: null,
      comment: '',
      extraAddresses: [],
      term: { anchor: '2026-11-24', monthsBefore: 0, months: 12 },
    }));

  it('names its organization by id or by a unique name', () => {
    expect(accountOf({ organization: id(3) })).toMatchObject({ organizationId: id(3) });
    expect(wrongOf({ organization: 'Wind' })).toEqual([
      { column: 'organization', reason: 'Several organizations have this name: enter the id.' },
    ]);
    // As in npm run members.
    expect(accountOf({ organization: ' SOLAR ' })).toMatchObject({ organizationId: id(1) });
    expect(accountOf({ organization: 'wind power' })).toMatchObject({ organizationId: capitals });
    expect(accountOf({ organization: capitals.toUpperCase() })).toMatchObject({ organizationId: capitals });
    expect(wrongOf({ organization: 'Sun' })).toEqual([
      { column: 'organization', reason: 'There is no such organization.' },
    ]);
  });

  it('is the same account for the same key or name, and another one in another organization', () => {
    const byKey = accountOf({ key: 'A-1' })!.accountId;
    expect(accountOf({ key: 'A-1', account_name: 'Renamed' })!.accountId).toBe(byKey);
    expect(accountOf({ account_name: ' ROOF ' })!.accountId).toBe(accountOf()!.accountId);
    expect(accountOf({ key: 'A-1', organization: id(2) })!.accountId).not.toBe(byKey);
    expect(accountOf({ account_id: id(9).toUpperCase() })!.accountId).toBe(id(9));
  });

  it('is identified within its organization by its key, or else by its name in lower case', () => {
    expect(accountOf({ key: 'A-1' })!.accountId).toBe(accountIdFor(id(1), 'A-1'));
    expect(accountOf()!.accountId).toBe(accountIdFor(id(1), 'roof'));
  });

  it.each([
    ['datapoints', '19', 'Enter at least 20.'],
    ['datapoints', 'many', 'Enter a whole number.'],
    ['rtc_lines', '-1', 'Enter a whole number.'],
    ['months', '61', 'Enter 1 to 60 months.'],
    ['months', '1201', 'Enter 1 to 60 months.'],
    ['months', 'many', 'Enter 1 to 60 months.'],
    ['months_before', 'many', 'Enter a whole number.'],
    ['account_name', undefined, "Enter the account's name."],
    ['customer_name', 'x'.repeat(101), 'At most 100 characters.'],
    ['license', undefined, 'Choose a license.'],
    ['country', 'Spain', 'Two capital letters (ISO 3166-1).'],
    ['account_id', 'A-1', 'Enter a UUID. An id from another system belongs in the column key.'],
    ['expires_on', '24/11/2027', 'Enter a date such as 2026-11-24.'],
    ['expires_on', '2027-11-24T00:00', 'Enter a date such as 2026-11-24.'],
    ['anchor', '2026-02-30', 'Enter a date such as 2026-11-24.'],
    ['anchor', '2026-13-01', 'Enter a date such as 2026-11-24.'],
    ['organization', '', "Enter the organization's name or id."],
    ['extra_addresses', 'a@b.example, office', 'office: This has to be an e-mail address.'],
    ['extra_addresses', 'office, shop', 'office: This has to be an e-mail address.'],
    ['extra_addresses', 'a@b.example (fr)', 'a@b.example: This has to be one of: en, es.'],
  ] as const)('is wrong in %s: %s', (column, value, reason) =>
    expect(wrongOf({ [column]: value })).toEqual([{ column, reason }]),
  );

  it('lists extra addresses, in the given language or in that of the organization', () =>
    expect(accountOf({ extra_addresses: 'a@b.example (en), c@d.example' })).toMatchObject({
      extraAddresses: [
        { email: 'a@b.example', language: 'en' },
        { email: 'c@d.example', language: 'es' },
      ],
    }));

  it('reports all errors together', () =>
    expect(wrongOf({ organization: '', datapoints: '1', expires_on: undefined }).map(({ column }) => column)).toEqual([
      'organization',
      'expires_on',
      'datapoints',
    ]));
});

describe('the term of a line', () => {
  it.each([
    [
      { expires_on: '2027-02-28', months: '1' },
      { anchor: '2027-01-28', monthsBefore: 0, months: 1 },
    ],
    [
      { anchor: '2026-01-31', expires_on: undefined, months: '1' },
      { anchor: '2026-01-31', monthsBefore: 0, months: 1 },
    ],
    [
      { anchor: '2026-01-31', expires_on: '2026-03-31', months: '1', months_before: '1' },
      { anchor: '2026-01-31', monthsBefore: 1, months: 1 },
    ],
    [
      { expires_on: '2027-03-31', months: '2', months_before: '12' },
      { anchor: '2026-01-31', monthsBefore: 12, months: 2 },
    ],
  ])('%j is %j', (given, term) => expect(accountOf(given)).toMatchObject({ term }));

  it.each([
    [{ anchor: '2026-01-31', expires_on: '2027-01-30' }, '12 months after 2026-01-31 is 2027-01-31.'],
    [{ anchor: '2026-01-31', expires_on: '2026-03-01', months: '1' }, '1 month after 2026-01-31 is 2026-02-28.'],
  ])('is refused if its last day does not agree: %j', (given, reason) =>
    expect(wrongOf(given)).toEqual([{ column: 'expires_on', reason }]),
  );

  it('is refused if no day is that many months before its last one', () =>
    expect(wrongOf({ expires_on: '2027-03-31', months: '1', months_before: '12' })).toEqual([
      { column: 'anchor', reason: 'No day is 13 months before 2027-03-31: enter anchor and months_before.' },
    ]));
});
