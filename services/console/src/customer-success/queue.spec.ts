import { inOrder } from './queue.js';

const sent = (at: string, submittedAt: string) => ({
  applicationId: `${Date.parse(at)
    .toString(16)
    .padStart(12, '0')
    .replace(/(.{8})/, '$1-')}-7000-8000-000000000001`,
  submittedAt,
});

describe('the queue', () => {
  it('has who has waited longest first, also where the clock of an account is a year ahead', () => {
    const first = sent('2026-11-24T09:00:00Z', '2027-11-24T09:00:00.000Z');
    const second = sent('2026-11-24T09:00:01Z', '2026-11-24T09:00:01.000Z');
    const third = sent('2026-11-25T09:00:00Z', '2026-11-25T09:00:00.000Z');
    expect(inOrder([second, third, first])).toEqual([first, second, third]);
  });
});
