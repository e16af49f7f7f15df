import type { ImportedAccount } from '@tenure/contracts';
import { judgeAccount, subscriptionOf, type Surroundings } from './imported.js';

const organizationId = '01990000-0000-7000-8000-0000000000f0';
const account: ImportedAccount = {
  accountId: '01990000-0000-7000-8000-00000000000a',
  organizationId,
  accountName: ' Harbour  OFFICE ',
  customerName: 'Port',
  license: 'pro',
  datapoints: 200,
  sector: 'retail',
  rtcLines: 0,
  emailDomain: null,
  comment: '',
  extraAddresses: [],
  term: { anchor: '2026-06-01', monthsBefore: 0, months: 12 },
};
const known: Surroundings = {
  organization: { country: 'ES', timeZone: 'Europe/Madrid' },
  sectorIsKnown: true,
  emailDomainIsVerified: true,
  nameIsTaken: false,
  nameIsLeftBehind: false,
  there: null,
};
const refusalsOf = (change: Partial<ImportedAccount>, more: Partial<Surroundings> = {}) =>
  judgeAccount({ ...account, ...change }, { ...known, ...more }).refusals;

describe('an account of a file', () => {
  it('gets the same defaults as one that is applied for', () =>
    expect(judgeAccount(account, known)).toEqual({
      account,
      country: 'ES',
      timeZone: 'Europe/Madrid',
      nameKey: 'harbour office',
      isThere: false,
      refusals: [],
    }));

  it('needs an existing organization, without which nothing else can be checked', () =>
    expect(judgeAccount({ ...account, sector: '?' }, { ...known, organization: null, sectorIsKnown: false })).toEqual({
      account: { ...account, sector: '?' },
      country: '',
      timeZone: '',
      nameKey: 'harbour office',
      isThere: false,
      refusals: [{ path: 'organizationId', code: 'unknown_organization', message: 'There is no such organization.' }],
    }));

  it('that already exists is the same account, unless it belongs to another organization', () => {
    const isThere = judgeAccount(account, { ...known, there: { organizationId } });
    expect([isThere.isThere, isThere.refusals]).toEqual([true, []]);
    expect(refusalsOf({}, { there: { organizationId: '01990000-0000-7000-8000-0000000000f1' } })).toEqual([
      { path: 'accountId', code: 'id_taken', message: "Another organization's account has this id." },
    ]);
  });

  it('follows the rules of one that is applied for, and everything that is wrong is reported', () =>
    expect(
      refusalsOf(
        {
          timeZone: 'Europe/Paris',
          emailDomain: 'mail.example',
          extraAddresses: [
            { email: 'site@customer.example', language: 'en' },
            { email: 'SITE@customer.example', language: 'es' },
          ],
        },
        { sectorIsKnown: false, emailDomainIsVerified: false, nameIsTaken: true },
      ).map(({ path, code }) => `${path}: ${code}`),
    ).toEqual([
      'timeZone: unknown_time_zone',
      'sector: unknown_sector',
      'emailDomain: not_verified',
      'extraAddresses.1.email: double',
      'accountName: name_taken',
    ]));

  it('needs a name that no other account or application has', () =>
    expect(refusalsOf({}, { nameIsTaken: true })).toEqual([
      {
        path: 'accountName',
        code: 'name_taken',
        message: 'Another account or application of the organization has this name.',
      },
    ]));
});

it('the request to licensing contains the country and the zone that were filled in', () =>
  expect(subscriptionOf(judgeAccount(account, known))).toEqual({
    accountId: account.accountId,
    organizationId,
    country: 'ES',
    timeZone: 'Europe/Madrid',
    license: 'pro',
    datapoints: 200,
    rtcLines: 0,
    term: account.term,
  }));
