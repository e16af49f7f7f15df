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
  { server: 'notifications', from: 94, to: 122, what: 'Notifications is down' },
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
  /** While something is down. */
  meanwhile?: Meanwhile;
}

/**
 * What happens to an account so many seconds after the beginning. `leap`: its clock is set to so many days after that
 * moment, so that the outage has lasted for days where it is. `renewal`: one is sent, and approved.
 */
export type Meanwhile =
  | { what: 'leap'; at: number; to: 'P0D' | 'expired'; days: number }
  | { what: 'renewal'; at: number };

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
  // The last notice is due as well before the workers are back: it alone is sent.
  { name: 'A week without workers', first: 'P7D', at: 44, meanwhile: { what: 'leap', at: 54, to: 'P0D', days: 0 } },
  // So long over that nobody is told any more.
  { name: 'Over without workers', first: 'P0D', at: 20, meanwhile: { what: 'leap', at: 30, to: 'expired', days: 8 } },
  { name: 'Asked in vain', first: 'P7D', at: 98 },
  {
    name: 'A week without notifications',
    first: 'P7D',
    at: 96,
    meanwhile: { what: 'leap', at: 106, to: 'P0D', days: 0 },
  },
  {
    name: 'Over without notifications',
    first: 'P0D',
    at: 97,
    meanwhile: { what: 'leap', at: 107, to: 'expired', days: 8 },
  },
  // The last notice has been asked for, and waits, when it is renewed; of the other it would be due after that.
  { name: 'Renewed while it waits', first: 'P0D', at: 95, meanwhile: { what: 'renewal', at: 98 } },
  { name: 'Renewed before it is due', first: 'P0D', at: 118, meanwhile: { what: 'renewal', at: 99 } },
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
