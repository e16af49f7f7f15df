import { addressesIn, addressesOf, rowsOf, withAnother, withPasted, wrongRows } from './extra-address-rows.js';

const office = { email: 'office@customer.example', language: 'es' } as const;
const site = { email: 'site@customer.example', language: 'en' } as const;

it('an added row is empty, and has an id that no other row has', () =>
  expect(withAnother(withAnother([{ ...office, id: 4 }], 'en'), 'es')).toEqual([
    { ...office, id: 4 },
    { email: '', language: 'en', id: 5 },
    { email: '', language: 'es', id: 6 },
  ]));

it('sends the addresses trimmed, without the empty rows', () =>
  expect(addressesOf([...withAnother(rowsOf([office]), 'es'), { ...site, email: ` ${site.email} `, id: 7 }])).toEqual([
    office,
    site,
  ]));

it('shows an error at the row it was typed in, past rows that were not sent', () => {
  const rows = [{ ...office, email: ' ', id: 3 }, ...rowsOf([office, site])];
  const errors = [
    { path: 'extraAddresses.0.email', code: 'invalid_format', message: '' },
    { path: 'extraAddresses.1.email', code: 'double', message: '' },
    { path: 'extraAddresses', code: 'too_big', message: '' },
    { path: 'wrongExtraAddresses.0.email', code: 'invalid_format', message: '' },
    { path: 'extraAddresses.9.email', code: 'invalid_format', message: '' },
  ];
  expect([...wrongRows(rows, errors)]).toEqual([
    [0, 'wrong'],
    [1, 'double'],
  ]);
});

it('shows an error at the right one of more than ten rows', () => {
  const rows = rowsOf(Array.from({ length: 12 }, (_, index) => ({ ...site, email: `site${index}@customer.example` })));
  const errors = [{ path: 'extraAddresses.11.email', code: 'double', message: '' }];
  expect([...wrongRows(rows, errors)]).toEqual([[11, 'double']]);
});

it('the first row has the first id', () =>
  expect(withAnother([], 'es')).toEqual([{ email: '', language: 'es', id: 0 }]));

describe('a pasted list of addresses', () => {
  it('is read without names, whatever separates them', () =>
    expect(
      addressesIn(
        '"Ruiz, Ana" <ana@customer.example>; office@customer.example\nsite@customer.example, Eva (eva@customer.example)\t',
      ),
    ).toEqual(['ana@customer.example', 'office@customer.example', 'site@customer.example', 'eva@customer.example']));

  it('fills the row that it was pasted in, and further rows in the same language', () =>
    expect(
      withPasted(
        [
          { ...office, email: '', id: 2 },
          { ...site, id: 0 },
        ],
        0,
        ['ana@customer.example', 'eva@customer.example'],
      ),
    ).toEqual([
      { email: 'ana@customer.example', language: 'es', id: 2 },
      { ...site, id: 0 },
      { email: 'eva@customer.example', language: 'es', id: 3 },
    ]));
});
