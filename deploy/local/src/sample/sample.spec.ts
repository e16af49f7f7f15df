import { applicationRequest, licenseView, uuid } from '@tenure/contracts';
import { sampleAccounts } from './accounts.js';
import { sampleEmailDomains, sampleLicenses, sampleSectors } from './catalog.js';
import { sampleId, sampleKey } from './identifiers.js';
import { sampleOrganizations } from './organizations.js';
import { samplePeople } from './people.js';

const members = sampleOrganizations.flatMap((organization) =>
  organization.members.map((member) => ({ ...member, organization })),
);
const named = (signIn: string) => members.find((member) => member.signIn === signIn);

describe('the sample people', () => {
  it('can reach nobody: every address ends in .example', () => {
    const domains = [
      ...samplePeople.map(({ signIn }) => signIn),
      ...sampleOrganizations.map(({ fallbackEmail }) => fallbackEmail),
      ...sampleAccounts.flatMap(({ extraAddresses = [] }) => extraAddresses.map(({ email }) => email)),
    ];
    for (const address of [...domains, ...sampleEmailDomains.map(({ domain }) => domain)])
      expect(address ?? '.example').toMatch(/\.example$/);
  });

  it('of the operator are Customer Success, one of them the lead and one SuperAdmin as well', () => {
    const operator = members.filter(({ organization }) => organization.isOperator).map(({ roles }) => roles);
    expect(operator.filter((roles) => roles.includes('customer_success')).length).toBeGreaterThanOrEqual(2);
    expect(operator.filter((roles) => roles.includes('customer_success_lead'))).toHaveLength(1);
    expect(
      operator.filter((roles) => roles.includes('customer_success') && roles.includes('super_admin')),
    ).toHaveLength(1);
  });

  it('of each partner are two SuperAdmins and a member without a role', () => {
    const partners = sampleOrganizations.filter(({ isOperator }) => !isOperator);
    expect(partners.map(({ country }) => country)).toEqual(['ES', 'US']);
    for (const partner of partners) expect(partner.members.map(({ roles }) => roles.length).sort()).toEqual([0, 1, 1]);
  });
});

describe('the sample catalog', () => {
  it('has four licenses, each with a higher rank, wider limits and all features of the one below', () => {
    expect(sampleLicenses.map((license) => licenseView.parse(license).code)).toEqual([
      'essential',
      'plus',
      'professional',
      'enterprise',
    ]);
    for (const [i, license] of sampleLicenses.entries()) {
      const below = sampleLicenses[i - 1];
      if (!below) continue;
      expect(license.rank).toBeGreaterThan(below.rank);
      expect(license.maxDatapoints).toBeGreaterThan(below.maxDatapoints);
      expect(license.features).toEqual(expect.arrayContaining(below.features));
    }
  });
});

describe('a sample account', () => {
  it.each(sampleAccounts.map((sample) => [sample.account.accountName, sample] as const))(
    '%s can be applied for by its SuperAdmin and is decided by another person',
    (_, { account, applicant, outcome, used }) => {
      applicationRequest.parse({ type: 'new_account', ...account });
      const license = sampleLicenses.find(({ code }) => code === account.license);
      expect(account.datapoints).toBeLessThanOrEqual(license?.maxDatapoints ?? 0);
      expect(account.rtcLines ?? 0).toBeLessThanOrEqual(
        named(applicant)?.organization.country === 'ES' ? (license?.maxRtcLines ?? 0) : 0,
      );
      expect(sampleSectors.map(({ code }) => code)).toContain(account.sector);
      expect(named(applicant)?.roles).toContain('super_admin');
      const decider = Object.entries(outcome).find(([how]) => how.endsWith('edBy') && how !== 'withdrawnBy')?.[1] as
        | string
        | undefined;
      if (decider)
        expect([named(decider)?.roles.includes('customer_success'), decider === applicant]).toEqual([true, false]);
      expect(Object.values(used ?? {}).reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(account.datapoints);
    },
  );

  it('exists in every state, and in several time zones', () => {
    const outcomes = new Set(sampleAccounts.flatMap(({ outcome }) => Object.keys(outcome)));
    expect([...outcomes].sort()).toEqual(['approvedBy', 'pending', 'reason', 'rejectedBy', 'withdrawnBy']);
    expect(new Set(sampleAccounts.map(({ moments }) => moments))).toEqual(new Set([undefined, 1, 2, 4]));
    expect(new Set(sampleAccounts.map(({ account }) => account.timeZone)).size).toBeGreaterThan(5);
    expect(new Set(sampleAccounts.flatMap(({ waiting }) => waiting?.type ?? []))).toEqual(
      new Set(['change_datapoints', 'change_license', 'renew_subscription']),
    );
  });
});

it('ids and keys of the samples are stable and well formed', () => {
  expect(sampleId('Solar Partner')).toBe(uuid.parse(sampleId('Solar Partner')));
  expect(sampleId('Grid Partner')).not.toBe(sampleId('Solar Partner'));
  const keys = sampleAccounts.map(({ account }) => sampleKey(account.accountName, 'apply'));
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^sample-[a-z-]+-apply$/);
});
