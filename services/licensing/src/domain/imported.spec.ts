import type { ImportedSubscription } from '@tenure/contracts';
import { defaultPolicy } from '@tenure/lifecycle';
import { accountId, aNewAccount, organizationId, pro, rules } from '../testing/contracts.js';
import { factsOf, type Contract } from './contract.js';
import { judgeImport, momentsOf } from './imported.js';
import { dueOf } from './timeline.js';

const now = new Date('2026-11-24T12:00:00.000Z');

function imported(over: Partial<ImportedSubscription> = {}): ImportedSubscription {
  const { country, timeZone, license, datapoints, rtcLines } = aNewAccount();
  const term = { anchor: '2026-06-01', monthsBefore: 0, months: 12 };
  return { accountId, organizationId, country, timeZone, license, datapoints, rtcLines, term, ...over };
}
const judge = (over: Partial<ImportedSubscription> = {}, license: typeof pro | null = pro) =>
  judgeImport({ subscription: imported(over), license, policy: defaultPolicy, rules, now });
function contractOf(over: Partial<ImportedSubscription>): Contract {
  const { contract, refusals } = judge(over);
  expect(refusals).toEqual([]);
  return contract!;
}
const becomes = (contract: Contract) => momentsOf(contract, now).map(({ moment, becomes }) => [moment.kind, becomes]);

describe('an imported account', () => {
  it('has its current term, counted from its anchor', () =>
    expect(factsOf(contractOf({ term: { anchor: '2024-01-31', monthsBefore: 34, months: 1 } }), now)).toMatchObject({
      expiresOn: '2026-12-31',
      state: 'active',
    }));

  it('is stored as contracted, with its first term and nothing in use', () =>
    expect(contractOf({ datapoints: 300, rtcLines: 4 })).toEqual({
      country: 'ES',
      timeZone: 'Europe/Madrid',
      license: pro,
      contracted: 300,
      used: 0,
      rtcLines: 4,
      term: { number: 1, anchor: '2026-06-01', monthsBefore: 0, months: 12 },
      policy: defaultPolicy,
      pastWhenApplied: [],
      spreadSeconds: 0,
      renewalSubmittedAt: null,
      graceDays: 15,
      stoppedAt: null,
      importedAt: now,
    }));

  it('that is refused is not stored', () => {
    expect(judge({ datapoints: 1001 }).contract).toBe(null);
    expect(judge({}, null).contract).toBe(null);
  });

  it('follows the rules for a new one, and every wrong field is reported at once', () =>
    expect(
      judge({
        datapoints: 1001,
        rtcLines: 11,
        term: { anchor: '2026-06-01', monthsBefore: 0, months: 61 },
      }).refusals.map(({ path, code }) => [path, code]),
    ).toEqual([
      ['datapoints', 'above_license'],
      ['months', 'out_of_range'],
      ['rtcLines', 'above_license'],
    ]));

  it('needs a license from the catalog, a country, and one of its time zones', () => {
    expect(judge({}, null).refusals.map(({ path }) => path)).toEqual(['license']);
    expect(judge({ timeZone: 'Europe/Paris' }).refusals.map(({ path }) => path)).toEqual(['timeZone']);
    expect(judge({ timeZone: 'Mars/Olympus' }).refusals.map(({ path }) => path)).toEqual(['timeZone']);
    expect(judge({ country: 'XX', timeZone: 'Mars/Olympus' }).refusals.map(({ path }) => path)).toEqual(['country']);
  });

  const notStarted = {
    path: 'term.anchor',
    code: 'not_started',
    message: 'The term has not started yet. Import the account once it has, or apply for it.',
  };
  it.each([
    ['2026-11-24', []],
    ['2026-11-25', [notStarted]],
  ])('is not imported before it has started: %s', (anchor, refused) =>
    expect(judge({ term: { anchor, monthsBefore: 0, months: 12 } }).refusals).toEqual(refused),
  );
});

describe('when an account is imported,', () => {
  it('all moments are planned while none is due', () =>
    expect(becomes(contractOf({}))).toEqual([
      ['P1M', 'planned'],
      ['P7D', 'planned'],
      ['P0D', 'planned'],
      ['expired', 'planned'],
    ]));

  it('of overdue reminders, the latest is sent immediately and older ones are skipped', () =>
    expect(becomes(contractOf({ term: { anchor: '2025-11-28', monthsBefore: 0, months: 12 } }))).toEqual([
      ['P1M', 'skipped'],
      ['P7D', 'sent_at_once'],
      ['P0D', 'planned'],
      ['expired', 'planned'],
    ]));

  it('a reminder that would fall on the first day does not apply, even if it is overdue', () =>
    expect(becomes(contractOf({ term: { anchor: '2026-11-24', monthsBefore: 0, months: 1 } }))[0]).toEqual([
      'P1M',
      'not_applicable',
    ]));

  it('an account that had already expired, even yesterday, gets no notice', () => {
    const contract = contractOf({ term: { anchor: '2025-11-23', monthsBefore: 0, months: 12 } });
    expect(becomes(contract)).toEqual([
      ['P1M', 'skipped'],
      ['P7D', 'skipped'],
      ['P0D', 'skipped'],
      ['expired', 'skipped'],
    ]);
  });

  it('an account that expires after the import gets its notice like any other', () => {
    const contract = contractOf({ term: { anchor: '2025-11-24', monthsBefore: 0, months: 12 } });
    const { due } = dueOf(contract, new Date('2026-11-25T12:00:00.000Z'));
    expect(due.at(-1)).toMatchObject({ moment: { kind: 'expired' }, action: 'send' });
  });

  it('once an account that was imported expired is renewed, its next term gets notices like any other', () => {
    const contract = contractOf({ term: { anchor: '2024-11-23', monthsBefore: 0, months: 12 } });
    const renewed = { ...contract, term: { number: 2, anchor: '2026-11-24', monthsBefore: 0, months: 1 } };
    const { due } = dueOf(renewed, new Date('2026-12-25T12:00:00.000Z'));
    expect(due.at(-1)).toMatchObject({ moment: { kind: 'expired' }, action: 'send' });
  });
});
