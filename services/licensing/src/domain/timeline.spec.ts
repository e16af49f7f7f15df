import { aContract, aTerm } from '../testing/contracts.js';
import { allMoments, dueOf } from './timeline.js';

const kinds = (moments: { kind: string }[]) => moments.map(({ kind }) => kind);

describe('what is due', () => {
  it('is nothing before the first reminder, which is next', () => {
    const { due, next } = dueOf(aContract(), new Date('2026-12-31T07:59:59.999Z'));
    expect([due, next?.kind]).toEqual([[], 'P1M']);
  });
  it('after an outage is the latest reminder; older ones are skipped', () => {
    const { due, next } = dueOf(aContract(), new Date('2027-01-25T00:00:00.000Z'));
    expect(due.map(({ moment, action, reason }) => [moment.kind, action, reason])).toEqual([
      ['P1M', 'skip', 'superseded'],
      ['P7D', 'send', null],
    ]);
    expect(next?.kind).toBe('P0D');
  });
  it('has nothing next when the term is over', () => {
    const { due, next } = dueOf(aContract(), new Date('2027-01-31T23:00:00.000Z'));
    expect(due.map(({ moment, action }) => [moment.kind, action])).toEqual([
      ['P1M', 'skip'],
      ['P7D', 'skip'],
      ['P0D', 'skip'],
      ['expired', 'send'],
    ]);
    expect(next).toBe(null);
  });
  it('does not include the expiry of an account that was imported at that instant', () => {
    const importedAt = new Date('2027-01-31T23:00:00.000Z');
    const { due } = dueOf(aContract({ importedAt }), importedAt);
    expect([due.at(-1)?.moment.kind, due.at(-1)?.reason]).toEqual(['expired', 'imported_expired']);
  });
  it('never has a moment that does not apply as the next one', () => {
    const contract = aContract({ term: aTerm({ months: 1 }) });
    expect(dueOf(contract, new Date('2026-01-28T00:00:00.000Z')).next?.kind).toBe('P7D');
  });
  it('has a later expiry next while a renewal that was sent in time is pending', () => {
    const contract = aContract({ renewalSubmittedAt: new Date('2027-01-10T00:00:00.000Z') });
    expect(dueOf(contract, new Date('2027-02-01T00:00:00.000Z')).next?.at).toEqual(
      new Date('2027-02-15T23:00:00.000Z'),
    );
  });
});

describe('the moments of all terms', () => {
  const contract = aContract({ term: aTerm({ number: 2, monthsBefore: 12 }) });
  const first = {
    term: aTerm(),
    policy: contract.policy,
    pastWhenApplied: [],
  };
  const moments = allMoments(contract, [first]);
  it('are in order, term after term', () =>
    expect(kinds(moments)).toEqual(['P1M', 'P7D', 'P0D', 'expired', 'P1M', 'P7D', 'P0D', 'expired']));
  it('no longer apply in a renewed term, whenever they were planned, including its expiry if the renewal was decided in the days after it', () =>
    expect(moments.map(({ termNumber, status, reason }) => [termNumber, status, reason])).toEqual([
      [1, 'not_applicable', 'renewed'],
      [1, 'not_applicable', 'renewed'],
      [1, 'not_applicable', 'renewed'],
      [1, 'not_applicable', 'renewed'],
      [2, 'planned', null],
      [2, 'planned', null],
      [2, 'planned', null],
      [2, 'planned', null],
    ]));
  it('keep their own reason if they did not apply anyway', () => {
    const earlier = { ...first, term: aTerm({ months: 1 }) };
    expect(allMoments(contract, [earlier])[0]).toMatchObject({ kind: 'P1M', reason: 'on_or_before_first_day' });
  });
  it('each follow the policy of their own term, with what it skipped', () => {
    const policy = { version: 2, offsets: ['P3M', 'P1M'], localTime: '10:00' };
    const earlier = { ...first, policy, pastWhenApplied: ['P3M'] };
    expect(allMoments(contract, [earlier]).map(({ kind, status, reason }) => `${kind} ${reason ?? status}`)).toEqual([
      'P3M past_when_policy_applied',
      'P1M renewed',
      'expired renewed',
      'P1M planned',
      'P7D planned',
      'P0D planned',
      'expired planned',
    ]);
  });
});

describe("an account's spread reminders", () => {
  const contract = aContract({ spreadSeconds: 600 });
  it('are due later by the spread, and not before; the expiry is not spread', () => {
    expect(dueOf(contract, new Date('2026-12-31T08:09:59.999Z')).due).toEqual([]);
    expect(kinds(dueOf(contract, new Date('2026-12-31T08:10:00.000Z')).due.map(({ moment }) => moment))).toEqual([
      'P1M',
    ]);
    expect(allMoments(contract, []).at(-1)?.at).toEqual(new Date('2027-01-31T23:00:00.000Z'));
  });
  it('were also spread in the earlier terms', () => {
    const earlier = { term: aTerm(), policy: contract.policy, pastWhenApplied: [] };
    expect(allMoments(contract, [earlier])[0]?.at).toEqual(new Date('2026-12-31T08:10:00.000Z'));
  });
});
