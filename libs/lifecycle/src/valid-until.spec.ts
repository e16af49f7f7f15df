import { expiresAt, type Term } from './term.js';
import { validUntilOf } from './valid-until.js';

const timeZone = 'Europe/Madrid';
const graceDays = 15;
const term: Term = { number: 1, anchor: '2025-12-04', monthsBefore: 0, months: 12 };
const end = expiresAt(term, timeZone);

describe('validUntil, for an account whose last day is 4 December', () => {
  it('is the instant of expiry when no renewal is pending', () => {
    expect(validUntilOf({ term, timeZone, renewalSubmittedAt: null, graceDays })).toEqual(end);
    expect(end).toEqual(new Date('2026-12-04T23:00:00Z'));
  });

  it('lets it work through the whole of 19 December when a renewal sent in time is pending', () => {
    const renewalSubmittedAt = new Date('2026-11-20T12:00:00Z');
    expect(validUntilOf({ term, timeZone, renewalSubmittedAt, graceDays })).toEqual(new Date('2026-12-19T23:00:00Z'));
  });

  it('counts a renewal that was sent in the last millisecond', () => {
    const renewalSubmittedAt = new Date(end.getTime() - 1);
    expect(validUntilOf({ term, timeZone, renewalSubmittedAt, graceDays })).toEqual(new Date('2026-12-19T23:00:00Z'));
  });

  it('is not moved by a renewal that was sent at the expiry or after it', () => {
    expect(validUntilOf({ term, timeZone, renewalSubmittedAt: end, graceDays })).toEqual(end);
    expect(validUntilOf({ term, timeZone, renewalSubmittedAt: new Date('2026-12-06T12:00:00Z'), graceDays })).toEqual(
      end,
    );
  });

  it('is the instant of expiry again once the renewal has ended without approval', () =>
    expect(validUntilOf({ term, timeZone, renewalSubmittedAt: null, graceDays })).toEqual(end));

  it('is the instant of expiry when no days are given', () =>
    expect(
      validUntilOf({ term, timeZone, renewalSubmittedAt: new Date('2026-11-20T12:00:00Z'), graceDays: 0 }),
    ).toEqual(end));
});

describe('the days that a pending renewal adds are calendar days', () => {
  it.each([
    ['2025-10-20', timeZone, '2026-11-04T23:00:00.000Z', 'clocks put back on the way'],
    ['2025-03-20', timeZone, '2026-04-04T22:00:00.000Z', 'clocks put forward on the way'],
    ['2025-02-20', 'America/Havana', '2026-03-08T05:00:00.000Z', 'the day after has no midnight'],
    ['2010-12-15', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'the day after is left out by the zone'],
  ])('after a term that began on %s in %s: until %s (%s)', (anchor, zone, expected) => {
    const account = { term: { ...term, anchor }, timeZone: zone, renewalSubmittedAt: new Date('2010-12-20T00:00:00Z') };
    expect(validUntilOf({ ...account, graceDays }).toISOString()).toBe(expected);
  });
});
