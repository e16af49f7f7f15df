/** What is down for a while; `workflows` are all workers. */
export type Server = 'workflows' | 'notifications' | 'mailbox';

/** Seconds after the drill has begun. */
export interface PlannedOutage {
  server: Server;
  from: number;
  to: number;
  what: string;
}

/** One after the other, each ended by `kill -9`. */
export const outages: readonly PlannedOutage[] = [
  { server: 'workflows', from: 12, to: 80, what: 'All workers are down' },
  { server: 'notifications', from: 94, to: 112, what: 'Notifications is down' },
  { server: 'mailbox', from: 140, to: 176, what: 'The mailbox, which stands for Resend, is down' },
];

/**
 * Reminders at 23:59, so that a minute after one a day is over: an outage of a minute makes a number of days untrue, or
 * ends the account.
 */
export const policy = { offsets: ['P7D', 'P0D'], localTime: '23:59' };

/** An account whose clock is set so that this moment comes so many seconds after the beginning; what follows it follows. */
export interface PlannedAccount {
  name: string;
  first: 'P7D' | 'P0D';
  at: number;
}

export const accounts: readonly PlannedAccount[] = [
  { name: 'Quiet one', first: 'P7D', at: 3 },
  { name: 'Quiet two', first: 'P7D', at: 6 },
  // It expires while the workers are down.
  { name: 'Last day before the outage', first: 'P0D', at: 4 },
  // Midnight passes before they are back: six days are left then.
  { name: 'Past midnight', first: 'P7D', at: 16 },
  { name: 'Same day', first: 'P7D', at: 50 },
  // Its last day passes: nobody is reminded any more, but told that it has expired.
  { name: 'Over meanwhile', first: 'P0D', at: 15 },
  // Reminded late on its last day, and it expires while notifications is down.
  { name: 'Late on the last day', first: 'P0D', at: 41 },
  { name: 'Asked in vain', first: 'P7D', at: 98 },
  // It expires while the mailbox is down.
  { name: 'Last day before the mailbox', first: 'P0D', at: 90 },
  ...Array.from({ length: 6 }, (_, index) => ({
    name: `Mail waits ${index + 1}`,
    first: 'P7D' as const,
    at: 144 + 2 * index,
  })),
  { name: 'Well again', first: 'P7D', at: 190 },
];

/** Whose e-mail is on its way when its sender is killed. */
export const killedWhileSending: PlannedAccount = { name: 'Killed while sending', first: 'P7D', at: 204 };

/** With the duplicate protection taken away: the same once more. */
export const unprotected: readonly PlannedAccount[] = [{ name: 'Unprotected', first: 'P7D', at: 8 }];
