import { Injectable } from '@nestjs/common';
import { readConfiguration } from '@tenure/platform';
import { z } from 'zod';
import type { ReviewPolicy } from './domain/deadlines.js';

const days = z.coerce.number().int().min(1).max(366);
const schema = z.object({
  REMIND_AFTER_WORKING_DAYS: days.default(2),
  ESCALATE_AFTER_WORKING_DAYS: days.default(5),
  LAPSE_AFTER_HOURS: z.coerce
    .number()
    .int()
    .min(1)
    .default(30 * 24),
  /** The same figure as in licensing. */
  RENEWAL_GRACE_DAYS: z.coerce.number().int().min(0).max(366).default(15),
  SANDBOX: z.enum(['on', 'off']).default('off'),
});

/** What an operator can set; read once, when the service starts. */
@Injectable()
export class Configuration {
  readonly review: ReviewPolicy;
  /** Accounts' clocks may be moved on. Never in production. */
  readonly sandbox: boolean;

  constructor() {
    const values = readConfiguration(schema);
    this.review = {
      remindAfterWorkingDays: values.REMIND_AFTER_WORKING_DAYS,
      escalateAfterWorkingDays: values.ESCALATE_AFTER_WORKING_DAYS,
      lapseAfterHours: values.LAPSE_AFTER_HOURS,
      renewalGraceDays: values.RENEWAL_GRACE_DAYS,
    };
    this.sandbox = values.SANDBOX === 'on';
  }
}
