/** What can be down; `workflows` are all workers. */
export type Server = 'workflows' | 'notifications' | 'mailbox';

/** An outage; `from` and `to` are seconds after the start of the drill. */
export interface PlannedOutage {
  server: Server;
  from: number;
  to: number;
  what: string;
}

/** The outages, one after the other, each by `kill -9`. */
export const outages: readonly PlannedOutage[] = [
  { server: 'workflows', from: 12, to: 80, what: 'All workers are down' },
  { server: 'notifications', from: 94, to: 122, what: 'Notifications is down' },
  { server: 'mailbox', from: 140, to: 176, what: 'The mailbox, which stands in for Resend, is down' },
];

/**
 * Reminders at 23:59, so that the day is over a minute later: after an outage of a minute, a reminder's number of days
 * is wrong or the account has expired.
 */
export const policy = { offsets: ['P7D', 'P0D'], localTime: '23:59' };

/** An account whose clock is set so that its first moment comes `at` seconds after the start; later moments follow. */
export interface PlannedAccount {
  name: string;
  first: 'P7D' | 'P0D';
  at: number;
  /** What happens to it while something is down. */
  meanwhile?: Meanwhile;
}

/**
 * What happens to an account `at` seconds after the start. `leap`: its clock is set to `days` after that moment, so
 * that on its clock the outage has lasted for days. `renewal`: a renewal is sent and approved.
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
  // Its last day passes: no reminder is sent, but the notice of the expiry.
  { name: 'Over meanwhile', first: 'P0D', at: 15 },
  // It is reminded late on its last day, and expires while notifications is down.
  { name: 'Late on the last day', first: 'P0D', at: 41 },
  // The final notice is also due before the workers are back: only that one is sent.
  { name: 'A week without workers', first: 'P7D', at: 44, meanwhile: { what: 'leap', at: 54, to: 'P0D', days: 0 } },
  // Expired for so long that nobody is notified.
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
  // The first is renewed while its final notice waits to be sent; the second before its final notice is due.
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

/** The account whose e-mail is being sent when the sender is killed. */
export const killedWhileSending: PlannedAccount = { name: 'Killed while sending', first: 'P7D', at: 204 };

/** The same again, without the protection against duplicates. */
export const unprotected: readonly PlannedAccount[] = [{ name: 'Unprotected', first: 'P7D', at: 8 }];
