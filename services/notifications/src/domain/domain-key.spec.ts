import { domainKey, domainOfKey } from './domain-key.js';

const key = domainKey('mail.partner.example', new Date('2027-01-15T08:00:00Z'), 'email_domain_failed');

it('the key of a notice about a domain contains the domain and the time', () =>
  expect(key).toBe('mail.partner.example/2027-01-15T08:00:00.000Z/email_domain_failed'));
it('the domain of a notice can be read from its key', () =>
  expect(
    ['email_domain_failed', 'email_domain_taken_over', 'organization_domain_failed'].map((kind) =>
      domainOfKey({ kind, key }),
    ),
  ).toEqual(['mail.partner.example', 'mail.partner.example', 'mail.partner.example']));
it('any other notice is about no domain', () => expect(domainOfKey({ kind: 'reminder', key: 'acc/1/P1M' })).toBeNull());
it('a notice that nobody could be reached is about the domain of the unreached notice, if that had one', () =>
  expect(
    [key, 'acc/1/P1M'].map((ofNotice) =>
      domainOfKey({ kind: 'recipients_unreachable', key: `${ofNotice}/recipients_unreachable` }),
    ),
  ).toEqual(['mail.partner.example', null]));
