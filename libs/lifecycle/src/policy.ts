/** Which reminders a term has. An organization's policy is never edited: a change is a new version. */
export interface ReminderPolicy {
  /** 1, 2, 3 … within an organization. */
  version: number;
  /** How long before `expiresOn`: ISO 8601 durations in whole years, months, weeks and days, such as P1M, P2W or P0D. */
  offsets: string[];
  /** On the clocks of the account's zone, 'HH:MM'. */
  localTime: string;
}

/** A month before the last day, a week before, and a final notice on the day itself (2-domain: Term and dates). */
export const defaultPolicy: ReminderPolicy = { version: 1, offsets: ['P1M', 'P7D', 'P0D'], localTime: '09:00' };
