import { Injectable } from '@nestjs/common';
import { readConfiguration, serviceSettings } from '@tenure/platform';
import { z } from 'zod';
import type { ReviewPolicy } from './domain/deadlines.js';

const days = z.coerce.number().int().min(1).max(366);
const own = z.object({
  MAX_PENDING_NEW_ACCOUNTS: z.coerce.number().int().min(1).default(200),
  REMIND_AFTER_WORKING_DAYS: days.default(2),
  ESCALATE_AFTER_WORKING_DAYS: days.default(5),
  LAPSE_AFTER_HOURS: z.coerce
    .number()
    .int()
    .min(1)
    .max(366 * 24)
    .default(30 * 24),
  SANDBOX: z.enum(['on', 'off']).default('off'),
});

/** All that the process reads from its environment. */
export const settings = [...serviceSettings, own];

/** Accounts' configuration, read at startup. */
@Injectable()
export class Settings {
  readonly #values = readConfiguration(own);
  readonly review: ReviewPolicy = {
    remindAfterWorkingDays: this.#values.REMIND_AFTER_WORKING_DAYS,
    escalateAfterWorkingDays: this.#values.ESCALATE_AFTER_WORKING_DAYS,
    lapseAfterHours: this.#values.LAPSE_AFTER_HOURS,
  };
  /** How many applications for new accounts one organization may have pending at once. */
  readonly maxPendingNewAccounts = this.#values.MAX_PENDING_NEW_ACCOUNTS;
  /** Allows accounts' clocks to be moved forward. Never on in production. */
  readonly sandbox = this.#values.SANDBOX === 'on';
}
