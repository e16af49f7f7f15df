import { areSameAddresses, doubledAddresses, onRecord } from './extra-addresses.js';

const office = { email: 'office@partner.example', language: 'es' } as const;
const site = { email: 'site@partner.example', language: 'en' } as const;

it('an address may be given only once, in any case; the second one is refused', () => {
  expect(doubledAddresses([office, site])).toEqual([]);
  expect(doubledAddresses([office, site, { ...office, email: 'OFFICE@partner.example' }])).toEqual([
    { path: 'extraAddresses.2.email', code: 'double', message: 'This address is already in the list.' },
  ]);
});

it('extra addresses are one line in the audit trail', () => {
  expect(onRecord([office, site])).toEqual({
    extraAddresses: 'office@partner.example (es), site@partner.example (en)',
  });
  expect(onRecord([])).toEqual({ extraAddresses: '' });
});

it.each([
  [[office, site], [site, office], true],
  [[office], [office, site], false],
  [[office], [{ ...office, language: 'en' }], false],
  [[], [], true],
] as const)('%j is the same as %j: %s', (some, others, same) => expect(areSameAddresses(some, others)).toBe(same));
