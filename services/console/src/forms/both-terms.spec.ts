import type { MomentView, TimelineMomentView } from '@tenure/contracts';
import { momentsOfBothTerms } from './both-terms.js';

const planned = (termNumber: number, kind: string): MomentView => ({
  key: `a/${termNumber}/${kind}`,
  termNumber,
  kind,
  at: '2027-11-24T08:00:00.000Z',
  status: 'planned',
  reason: null,
});
const shown = (termNumber: number | null, kind: string, applicationId: string | null = null): TimelineMomentView => ({
  ...planned(termNumber ?? 0, kind),
  termNumber,
  applicationId,
  sentAt: null,
  deliveries: [],
});
const term = { number: 3, anchor: '', months: 24, firstDay: '', expiresOn: '', expiresAt: '' };

describe('both terms of a renewal', () => {
  it('are the current one, with its dropped moments, and the next; no earlier ones, and no notices about applications', () =>
    expect(
      momentsOfBothTerms(
        [
          shown(1, 'P0D'),
          shown(2, 'P1M'),
          shown(2, 'P0D'),
          shown(null, 'application_approved', 'x'),
          shown(2, 'subscription_renewed', 'x'),
        ],
        {
          term,
          timeline: [planned(3, 'P0D')],
          dropped: [planned(2, 'P0D')],
        },
      ).map(({ key, dropped }) => [key, dropped ?? false]),
    ).toEqual([
      ['a/2/P1M', false],
      ['a/2/P0D', true],
      ['a/3/P0D', false],
    ]));
});
