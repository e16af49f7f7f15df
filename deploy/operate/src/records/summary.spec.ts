import type { JudgedAccount } from '@tenure/contracts';
import { summarize, summaryLines } from './summary.js';

type Moments = JudgedAccount['moments'];
const active = { license: 'plus', contracted: 20, rtcLines: 0, expiresOn: '2027-11-24', state: 'active' } as const;
const judged = (state: 'active' | 'expired', moments: Moments) => ({ facts: { ...active, state }, moments });

it('the effects on the accounts are summarized in a few lines, by month', () => {
  const at = (month: string) => `${month}-24T08:00:00.000Z`;
  const summary = summarize([
    judged('active', [
      { kind: 'P1M', at: at('2026-10'), becomes: 'skipped' },
      { kind: 'P7D', at: at('2026-11'), becomes: 'sent_at_once' },
      { kind: 'P0D', at: at('2026-12'), becomes: 'planned' },
      { kind: 'expired', at: at('2026-12'), becomes: 'planned' },
    ]),
    judged('active', [
      { kind: 'P1M', at: at('2026-11'), becomes: 'not_applicable' },
      { kind: 'P0D', at: at('2026-12'), becomes: 'planned' },
      { kind: 'expired', at: at('2027-01'), becomes: 'planned' },
    ]),
    judged('expired', [{ kind: 'expired', at: at('2026-10'), becomes: 'skipped' }]),
  ]);
  expect(summaryLines(summary)).toEqual([
    '2 active, 1 expired already.',
    'Their SuperAdmins and extra addresses are notified',
    '  now         1 one week before',
    '  never       2 earlier moments',
    '  in 2026-12  2 final notice, 1 expired',
    '  in 2027-01  1 expired',
  ]);
});

it('after half a year only the sum is shown, in whatever order it was found', () => {
  const months = ['08', '03', '01', '05', '02', '07', '06', '04'];
  const moments: Moments = months.flatMap((month) => [
    { kind: 'expired', at: `2027-${month}-10T23:00:00.000Z`, becomes: 'planned' as const },
    { kind: 'P1M', at: `2027-${month}-10T08:00:00.000Z`, becomes: 'planned' as const },
  ]);
  expect(summaryLines(summarize([judged('active', moments)])).slice(-2)).toEqual([
    '  in 2027-06  1 one month before, 1 expired',
    '  later       2 one month before, 2 expired',
  ]);
});

it('the summary says so if nothing is sent immediately', () =>
  expect(summaryLines(summarize([judged('active', [])]))).toContain('  now         nothing'));
