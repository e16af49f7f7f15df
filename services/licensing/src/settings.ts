import { Injectable } from '@nestjs/common';
import { readConfiguration, serviceSettings } from '@tenure/platform';
import { z } from 'zod';

const own = z.object({
  /** For how many calendar days a pending renewal keeps an account working past its expiry. */
  RENEWAL_GRACE_DAYS: z.coerce.number().int().min(0).max(366).default(15),
  /**
   * Over how many minutes reminders that are due at the same time are spread; an account's offset is always the same.
   * Can be changed at any time: nobody gets a reminder twice.
   */
  REMINDER_SPREAD_MINUTES: z.coerce.number().int().min(0).max(30).default(0),
  /**
   * How many subscriptions a policy change moves per batch; its workflow asks for one batch per second. Also how many
   * subscriptions per second are updated after the rules of a time zone change.
   */
  POLICY_BATCH: z.coerce.number().int().min(1).max(1_000).default(50),
  /** An account's clock can be moved only when this is on. */
  SANDBOX: z.enum(['on', 'off']).default('off'),
});

/** All that the process reads from its environment. */
export const settings = [...serviceSettings, own];

/** Licensing's configuration, read at startup. */
@Injectable()
export class Settings {
  readonly #values = readConfiguration(own);
  readonly graceDays = this.#values.RENEWAL_GRACE_DAYS;
  readonly spreadMinutes = this.#values.REMINDER_SPREAD_MINUTES;
  readonly replannedAtOnce = this.#values.POLICY_BATCH;
  readonly sandbox = this.#values.SANDBOX === 'on';
}
