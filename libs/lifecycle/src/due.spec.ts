import fc from 'fast-check';
import { daysLeft, daysLeftUntil, dueMoments } from './due.js';
import { defaultPolicy } from './policy.js';
import { expiresAt as expiryOf, type Term } from './term.js';
import { planTimeline } from './timeline.js';

const seed = 20261124;
const timeZone = 'Europe/Madrid';
const term: Term = { number: 1, anchor: '2026-11-24', monthsBefore: 0, months: 12 };
const expiresAt = expiryOf(term, timeZone);
const timeline = planTimeline({ term, timeZone, policy: defaultPolicy, validUntil: expiresAt });
const withGrace = planTimeline({ term, timeZone, policy: defaultPolicy, validUntil: new Date('2027-12-09T23:00:00Z') });

type Ask = Partial<Parameters<typeof dueMoments>[1]>;
const ask = (asOf: string, other: Ask = {}, moments = timeline) => {
  const { due, next } = dueMoments(moments, { asOf: new Date(asOf), expiresAt, ...other });
  return {
    due: due.map(({ moment, reason }) => `${moment.kind} ${reason ?? 'send'}`),
    next: next?.at.toISOString() ?? null,
  };
};

describe('in a term whose last day is 24 November 2027', () => {
  it.each([
    ['2026-11-24T10:00:00Z', [], '2027-10-24T07:00:00.000Z'],
    ['2027-10-24T06:59:59.999Z', [], '2027-10-24T07:00:00.000Z'],
    ['2027-10-24T07:00:00Z', ['P1M send'], '2027-11-17T08:00:00.000Z'],
    ['2027-11-17T07:59:59.999Z', ['P1M send'], '2027-11-17T08:00:00.000Z'],
    ['2027-11-17T08:00:00Z', ['P1M superseded', 'P7D send'], '2027-11-24T08:00:00.000Z'],
    ['2027-11-20T10:00:00Z', ['P1M superseded', 'P7D send'], '2027-11-24T08:00:00.000Z'],
    ['2027-11-24T08:00:00Z', ['P1M superseded', 'P7D superseded', 'P0D send'], '2027-11-24T23:00:00.000Z'],
    ['2027-11-24T22:59:59.999Z', ['P1M superseded', 'P7D superseded', 'P0D send'], '2027-11-24T23:00:00.000Z'],
    ['2027-11-24T23:00:00Z', ['P1M expired', 'P7D expired', 'P0D expired', 'expired send'], null],
    ['2027-12-01T23:00:00Z', ['P1M expired', 'P7D expired', 'P0D expired', 'expired send'], null],
    ['2027-12-01T23:00:00.001Z', ['P1M expired', 'P7D expired', 'P0D expired', 'expired stale'], null],
  ])('at %s, %j is due and the next check is at %s', (asOf, due, next) => expect(ask(asOf)).toEqual({ due, next }));
});

describe('overdue reminders', () => {
  it('after an outage: the latest is sent, older ones are skipped', () =>
    expect(ask('2027-11-21T23:00:00Z').due).toEqual(['P1M superseded', 'P7D send']));

  it('are not sent from the expiry on, even while a pending renewal keeps the account working', () =>
    expect(ask('2027-11-24T23:00:00Z', {}, withGrace)).toEqual({
      due: ['P1M expired', 'P7D expired', 'P0D expired'],
      next: '2027-12-09T23:00:00.000Z',
    }));

  it('that the plan skips or does not apply are never due, and never the latest', () => {
    const pastWhenApplied = ['P1M', 'P7D'];
    const replanned = planTimeline({ term, timeZone, policy: defaultPolicy, pastWhenApplied, validUntil: expiresAt });
    expect(ask('2027-11-20T10:00:00Z', {}, replanned)).toEqual({ due: [], next: '2027-11-24T08:00:00.000Z' });
  });

  it('that fall on or before the first day of the term are never due, nor the latest', () => {
    const oneMonth = { ...term, months: 1 };
    const asked = { expiresAt: expiryOf(oneMonth, timeZone) };
    const short = planTimeline({ term: oneMonth, timeZone, policy: defaultPolicy, validUntil: asked.expiresAt });
    expect(ask('2026-11-24T10:00:00Z', asked, short)).toEqual({ due: [], next: '2026-12-17T08:00:00.000Z' });
    expect(ask('2026-12-17T08:00:00Z', asked, short).due).toEqual(['P7D send']);
  });

  it('of the same instant are one: the one listed last in the policy is sent', () => {
    const policy = { ...defaultPolicy, offsets: ['P7D', 'P1W'] };
    const twice = planTimeline({ term, timeZone, policy, validUntil: expiresAt });
    expect(ask('2027-11-17T08:00:00Z', {}, twice).due).toEqual(['P7D superseded', 'P1W send']);
  });
});

describe('the expiry', () => {
  it('of an account that was imported already expired is skipped', () =>
    expect(ask('2027-11-25T10:00:00Z', { importedExpired: true }).due.at(-1)).toBe('expired imported_expired'));

  it('is due at validUntil instead of the last day if a renewal stayed pending until then', () => {
    expect(ask('2027-12-09T22:59:59.999Z', {}, withGrace).due).not.toContain('expired send');
    expect(ask('2027-12-09T23:00:00Z', {}, withGrace).due.at(-1)).toBe('expired send');
  });

  it('counts its 7 days from when the account stopped: a renewal rejected 10 days after the last day', () => {
    const stoppedAt = new Date('2027-12-04T12:00:00Z');
    expect(ask('2027-12-04T12:00:00Z').due.at(-1)).toBe('expired stale');
    expect(ask('2027-12-04T12:00:00Z', { stoppedAt }).due.at(-1)).toBe('expired send');
    expect(ask('2027-12-11T12:00:00Z', { stoppedAt }).due.at(-1)).toBe('expired send');
    expect(ask('2027-12-11T12:00:00.001Z', { stoppedAt }).due.at(-1)).toBe('expired stale');
  });

  it('does not go stale earlier if the account stopped before validUntil', () =>
    expect(ask('2027-12-01T00:00:00Z', { stoppedAt: new Date('2027-11-01T00:00:00Z') }).due.at(-1)).toBe(
      'expired send',
    ));
});

describe('days left', () => {
  it.each([
    ['2027-11-17T08:00:00Z', 7],
    ['2027-11-23T22:59:59.999Z', 1],
    ['2027-11-23T23:00:00Z', 0],
    ['2027-11-24T22:59:59.999Z', 0],
    ['2027-11-24T23:00:00Z', -1],
    ['2027-10-24T07:00:00Z', 31],
  ])('at %s are %i', (instant, days) => expect(daysLeft('2027-11-24', new Date(instant), timeZone)).toBe(days));

  it('are calendar days even if the clocks change in between', () => {
    expect(daysLeft('2026-04-04', new Date('2026-03-28T22:30:00Z'), timeZone)).toBe(7);
    expect(daysLeft('2026-10-31', new Date('2026-10-23T22:30:00Z'), timeZone)).toBe(7);
  });

  it('are counted in the account’s zone', () => {
    const late = new Date('2027-11-20T23:30:00Z');
    expect(daysLeft('2027-11-24', late, 'Atlantic/Canary')).toBe(4);
    expect(daysLeft('2027-11-24', late, timeZone)).toBe(3);
  });

  // With and without the zone, in one whose clocks change on the way.
  it.each([
    ['2027-11-23T23:00:00Z', 0],
    ['2027-11-24T22:59:59.999Z', 0],
    ['2027-11-24T23:00:00Z', -1],
    ['2027-11-25T23:00:00Z', -2],
    ['2027-11-22T23:00:00Z', 1],
    ['2027-10-24T07:00:00Z', 31],
  ])('at %s are %i even from the instant of expiry alone, without the zone', (instant, days) => {
    expect(daysLeftUntil(expiresAt, new Date(instant))).toBe(days);
    expect(daysLeft('2027-11-24', new Date(instant), timeZone)).toBe(days);
  });
});

describe('a caller that checks repeatedly and keeps the first answer for each key', () => {
  const policy = { ...defaultPolicy, offsets: ['P1M', 'P2W', 'P7D', 'P1D', 'P0D'] };
  const from = new Date('2026-11-24T00:00:00Z');
  const to = new Date('2028-02-01T00:00:00Z');
  const looks = fc
    .array(
      fc.date({ min: new Date('2027-10-20T00:00:00Z'), max: new Date('2027-12-20T00:00:00Z'), noInvalidDate: true }),
      { maxLength: 12 },
    )
    .map((instants) => [from, ...instants, to].toSorted((a, b) => a.getTime() - b.getTime()));
  const moments = planTimeline({ term, timeZone, policy, validUntil: expiresAt });

  it('gets every moment in the end, and never sends what it skipped', () =>
    fc.assert(
      fc.property(looks, (instants) => {
        const first = new Map<string, string>();
        for (const asOf of instants) {
          for (const { moment, action } of dueMoments(moments, { asOf, expiresAt }).due) {
            if (first.get(moment.kind) === 'skip') expect(action).toBe('skip');
            if (!first.has(moment.kind)) first.set(moment.kind, action);
          }
        }
        expect([...first.keys()].toSorted()).toEqual(moments.map((moment) => moment.kind).toSorted());
      }),
      { seed, numRuns: 300 },
    ));

  it('sends at most one reminder at a time, and none from the expiry on', () =>
    fc.assert(
      fc.property(looks, (instants) => {
        for (const asOf of instants) {
          const sent = dueMoments(moments, { asOf, expiresAt }).due.filter(
            ({ moment, action }) => moment.kind !== 'expired' && action === 'send',
          );
          expect(sent.length).toBeLessThanOrEqual(asOf < expiresAt ? 1 : 0);
        }
      }),
      { seed, numRuns: 300 },
    ));

  it('sends every moment if it checks at each `next` in time', () => {
    const sent: string[] = [];
    let asOf: Date | null = from;
    for (let looked = 0; looked <= moments.length && asOf !== null; looked++) {
      const { due, next }: ReturnType<typeof dueMoments> = dueMoments(moments, { asOf, expiresAt });
      sent.push(...due.filter(({ action }) => action === 'send').map(({ moment }) => moment.kind));
      asOf = next && next.at;
    }
    expect(sent).toEqual(['P1M', 'P2W', 'P7D', 'P1D', 'P0D', 'expired']);
    expect(asOf).toBeNull();
  });
});
