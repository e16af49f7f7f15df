import { Injectable } from '@nestjs/common';
import { readConfiguration } from '@tenure/platform';
import { z } from 'zod';

const settings = z.object({
  /** For how many calendar days a pending renewal keeps an account working past its expiry. */
  RENEWAL_GRACE_DAYS: z.coerce.number().int().min(0).max(366).default(15),
  /**
   * Over how many minutes the reminders that are due at one time are spread, each account's always by the same; changed
   * at any time, nobody is told twice.
   */
  REMINDER_SPREAD_MINUTES: z.coerce.number().int().min(0).max(30).default(0),
  /**
   * How many subscriptions a change of policy moves in a batch; its workflow asks for one each second. As many are
   * brought up to date in a second when a zone gets other rules.
   */
  POLICY_BATCH: z.coerce.number().int().min(1).max(1_000).default(50),
  /** Only where it is on can an account's clock be moved. */
  SANDBOX: z.enum(['on', 'off']).default('off'),
});

/** Licensing's configuration, read when it is wired. */
@Injectable()
export class Settings {
  readonly #values = readConfiguration(settings);
  readonly graceDays = this.#values.RENEWAL_GRACE_DAYS;
  readonly spreadMinutes = this.#values.REMINDER_SPREAD_MINUTES;
  readonly replannedAtOnce = this.#values.POLICY_BATCH;
  readonly sandbox = this.#values.SANDBOX === 'on';
}
