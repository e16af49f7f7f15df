import { accountIdFor } from './account-id.js';

const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

it('is a UUID version 5, as other implementations create it', () =>
  // The example of RFC 9562, appendix A.4.
  expect(accountIdFor(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2'));

it('is the same in every release, so that a second import finds what the first one created', () =>
  expect(accountIdFor('01990000-0000-7000-8000-000000000001', 'barn')).toBe('7f20e0cd-a281-5984-9ccc-a3672f9c2ce2'));

it('differs for another organization or key', () => {
  const other = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
  const ids = [accountIdFor(dns, 'a'), accountIdFor(dns, 'A'), accountIdFor(other, 'a')];
  expect(new Set(ids).size).toBe(3);
});
