import type { ApplicationStatus } from '@tenure/contracts';
import { following, freesName, isDueToLapse, isFinal } from './status.js';

describe('an application', () => {
  it.each<[ApplicationStatus, boolean, boolean]>([
    ['pending', false, false],
    ['approved', false, false],
    ['fulfilled', true, false],
    ['failed', true, true],
    ['rejected', true, true],
    ['withdrawn', true, true],
    ['lapsed', true, true],
  ])('that is %s is final: %s, and frees its name: %s', (status, final, frees) =>
    expect([isFinal(status), freesName(status)]).toEqual([final, frees]),
  );
});

it('a pending application ends by a decision, a withdrawal or a lapse; an approved one is fulfilled or fails', () =>
  expect(following).toEqual({
    pending: ['approved', 'rejected', 'withdrawn', 'lapsed'],
    approved: ['fulfilled', 'failed'],
    fulfilled: [],
    failed: [],
    rejected: [],
    withdrawn: [],
    lapsed: [],
  }));

describe('an application lapses', () => {
  const application = { lapsesAt: new Date('2026-12-24T10:00:00.000Z') };
  const before = new Date('2026-12-24T09:59:59.999Z');
  const longBefore = new Date('2026-12-24T09:58:59.999Z');
  const { lapsesAt } = application;
  it.each([
    ['not before its time', before, before, false],
    ["at its time, by the asker's clock", lapsesAt, before, true],
    ["not by the asker's clock, if that is ahead by more than clocks may differ", lapsesAt, longBefore, false],
    ["at its time, by the account's clock", before, lapsesAt, true],
  ])('%s', (_, asOf, now, expected) => expect(isDueToLapse(application, asOf, now)).toBe(expected));
});
