import { addDomain, lookUp, losePatience, setFinding, startVerification, type MailDomain } from './domain.js';

const at = (text: string) => new Date(`2027-01-${text}Z`);
const added = addDomain('mail.partner.example', { id: 'd-1', key: 'KEY', now: at('15T08:00:00') });
const right = (domain: MailDomain, now: string) => setFinding(domain, 'all', 'right', at(now));
const statuses = ({ status, records }: MailDomain) => [status, ...records.map((record) => record.status)];

describe('a domain of the mailbox', () => {
  it('asks for records below the registered domain, as Resend does', () =>
    expect(added.records.map(({ record, type, name, priority }) => [record, type, name, priority])).toEqual([
      ['SPF', 'MX', 'send.mail', 10],
      ['SPF', 'TXT', 'send.mail', undefined],
      ['DKIM', 'TXT', 'resend._domainkey.mail', undefined],
    ]));

  it('that is itself registered asks for them at its own name', () =>
    expect(addDomain('partner.example', { id: 'd-2', key: 'KEY', now: at('15T08:00:00') }).records).toMatchObject([
      { name: 'send' },
      { name: 'send' },
      { name: 'resend._domainkey' },
    ]));

  it('is not checked before a verification is requested', () =>
    expect(statuses(right(added, '15T09:00:00'))).toEqual(Array.from({ length: 4 }, () => 'not_started')));

  it('is pending while a record is missing or wrong, and verified once all are right', () => {
    const pending = startVerification(added, at('15T09:00:00'));
    expect(statuses(pending)).toEqual(['pending', 'pending', 'pending', 'pending']);
    expect(setFinding(pending, 2, 'wrong', at('15T10:00:00')).status).toBe('pending');
    const partly = setFinding(pending, 0, 'right', at('15T10:00:00'));
    expect(statuses(partly)).toEqual(['pending', 'verified', 'pending', 'pending']);
    expect(statuses(right(partly, '16T10:00:00'))).toEqual(Array.from({ length: 4 }, () => 'verified'));
  });

  it('fails after 72 hours without success, until it is verified again', () => {
    const pending = startVerification(added, at('15T09:00:00'));
    expect(lookUp(pending, at('18T08:59:59')).status).toBe('pending');
    const failed = lookUp(pending, at('18T09:00:00'));
    expect(statuses(failed)).toEqual(['failed', 'failed', 'failed', 'failed']);
    expect(right(failed, '18T10:00:00').status).toBe('failed');
    expect(startVerification(right(failed, '18T10:00:00'), at('18T11:00:00')).status).toBe('verified');
  });

  it('that was verified has a temporary failure first, and recovers automatically', () => {
    const verified = right(startVerification(added, at('15T09:00:00')), '15T10:00:00');
    const lost = setFinding(verified, 1, 'missing', at('20T10:00:00'));
    expect(statuses(lost)).toEqual(['temporary_failure', 'verified', 'temporary_failure', 'verified']);
    expect(right(lost, '20T11:00:00').status).toBe('verified');
    expect(losePatience(verified, at('20T11:00:00'))).toEqual(verified);
    expect(lookUp(lost, at('23T10:00:00')).status).toBe('failed');
    expect(losePatience(lost, at('20T10:01:00')).status).toBe('failed');
  });

  it('that was verified is pending for a minute when it is checked again, as at Resend', () => {
    const verified = right(startVerification(added, at('15T09:00:00')), '15T10:00:00');
    const anew = startVerification(verified, at('20T11:00:00'));
    expect(anew.status).toBe('pending');
    expect(lookUp(anew, at('20T11:00:59')).status).toBe('pending');
    expect(lookUp(anew, at('20T11:01:00'))).toEqual(verified);
    expect(lookUp(setFinding(anew, 0, 'missing', at('20T11:00:30')), at('20T11:01:00')).status).toBe('pending');
  });
});
