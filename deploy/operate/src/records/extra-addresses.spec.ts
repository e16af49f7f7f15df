import { readAddresses, writeAddresses } from './extra-addresses.js';

const office = { email: 'office@customer.example', language: 'es' };
const site = { email: 'site@customer.example', language: 'en' };

it.each([[[]], [[office]], [[office, site]]])('%j are read as they were written', (addresses) =>
  expect(readAddresses(writeAddresses(addresses), 'en')).toEqual(addresses),
);

it('they are formatted as people write them', () =>
  expect(writeAddresses([office, site])).toBe('office@customer.example (es), site@customer.example (en)'));

it.each([
  ['office@customer.example', [{ ...office, language: 'en' }]],
  [' office@customer.example( ES ) ;\nsite@customer.example, ', [office, site]],
  ['office', [{ email: 'office', language: 'en' }]],
  ['(es)', [{ email: '', language: 'es' }]],
])('%j is %j: a language that is left out is the preset one, and nothing that stands there is dropped', (cell, read) =>
  expect(readAddresses(cell, 'en')).toEqual(read),
);
