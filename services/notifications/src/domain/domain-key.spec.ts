import { domainKey, domainOfKey } from './domain-key.js';

const key = domainKey('mail.partner.example', new Date('2027-01-15T08:00:00Z'), 'email_domain_failed');

it('A notice about a domain has the domain and the time in its key', () =>
  expect(key).toBe('mail.partner.example/2027-01-15T08:00:00.000Z/email_domain_failed'));
it('A notice about a domain says by its key which one', () =>
  expect(
    ['email_domain_failed', 'email_domain_taken_over', 'organization_domain_failed'].map((kind) =>
      domainOfKey({ kind, key }),
    ),
  ).toEqual(['mail.partner.example', 'mail.partner.example', 'mail.partner.example']));
it('Any other notice is about none', () => expect(domainOfKey({ kind: 'reminder', key: 'acc/1/P1M' })).toBeNull());
it('That nobody could be told is about the domain that they were to be told of, if it was one', () =>
  expect(
    [key, 'acc/1/P1M'].map((ofNotice) =>
      domainOfKey({ kind: 'recipients_unreachable', key: `${ofNotice}/recipients_unreachable` }),
    ),
  ).toEqual(['mail.partner.example', null]));
