import { Injectable } from '@nestjs/common';
import { readConfiguration } from '@tenure/platform';
import { z } from 'zod';
import type { ReviewPolicy } from './domain/deadlines.js';

const days = z.coerce.number().int().min(1).max(366);
const settings = z.object({
  REMIND_AFTER_WORKING_DAYS: days.default(2),
  ESCALATE_AFTER_WORKING_DAYS: days.default(5),
  LAPSE_AFTER_HOURS: z.coerce
    .number()
    .int()
    .min(1)
    .default(30 * 24),
  /** As licensing has it: no renewal lapses before these days are over. Until when an account works, licensing tells. */
  RENEWAL_GRACE_DAYS: z.coerce.number().int().min(0).max(366).default(15),
  SANDBOX: z.enum(['on', 'off']).default('off'),
});

/** Accounts' configuration, read when it is wired. */
@Injectable()
export class Settings {
  readonly #values = readConfiguration(settings);
  readonly review: ReviewPolicy = {
    remindAfterWorkingDays: this.#values.REMIND_AFTER_WORKING_DAYS,
    escalateAfterWorkingDays: this.#values.ESCALATE_AFTER_WORKING_DAYS,
    lapseAfterHours: this.#values.LAPSE_AFTER_HOURS,
    renewalGraceDays: this.#values.RENEWAL_GRACE_DAYS,
  };
  /** Accounts' clocks may be moved on. Never in production. */
  readonly sandbox = this.#values.SANDBOX === 'on';
}
