import type { TimelineMomentView } from '@tenure/contracts';
import { renewedAlready } from './renewed-already.js';

const renewed = { number: 2 };
const account = { state: 'active', firstDay: '2027-11-25', expiresOn: '2028-11-24', daysLeft: 300 } as const;
const moment = (kind: string, status: TimelineMomentView['status'], termNumber: number | null = 2) => ({
  kind,
  status,
  termNumber,
});
const ofEarlier = [
  moment('P0D', 'sent', 1),
  moment('expired', 'sent', 1),
  moment('application_fulfilled', 'sent', null),
];

describe('an account', () => {
  it.each([
    ['in its first term', account, [{ number: 1 }], [], null],
    ['whose next term has not begun', { ...account, daysLeft: 400 }, [{ number: 1 }, renewed], [], 'to come'],
    ['that was renewed after it expired', account, [{ number: 1 }, renewed], [moment('P1M', 'planned')], 'begun'],
    ['whose term has no reminders', account, [{ number: 1 }, renewed], [moment('P1M', 'not_applicable')], 'begun'],
    ['that was already reminded of its end', account, [{ number: 1 }, renewed], [moment('P1M', 'sent')], null],
    ['whose reminder failed', account, [{ number: 1 }, renewed], [moment('P1M', 'failed')], null],
    ['that has expired', { ...account, state: 'expired', daysLeft: -3 }, [{ number: 1 }, renewed], [], null],
  ] as const)('%s', (_, of, terms, moments, expected) =>
    expect(renewedAlready(of, { terms, moments: [...ofEarlier, ...moments] })).toBe(expected),
  );

  it('whose terms have not loaded is judged by its days alone', () => {
    expect(renewedAlready(account, undefined)).toBe(null);
    expect(renewedAlready({ ...account, daysLeft: 400 }, undefined)).toBe('to come');
  });
});
