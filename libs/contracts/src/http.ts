import { z } from 'zod';
import { policyExample, policyPreview } from './licensing/policy.js';
import { showTimeline } from './licensing/subscription.js';
import { deliveryView } from './notifications/notice.js';
import { country, instant, timeZone, uuid } from './values.js';

/** Answers that only the HTTP API gives, which the gateway combines from several services. */

/** One entry of an account's timeline: planned, or with its outcome. */
export const timelineMoment = z.object({
  /** The key of the notice: `<accountId>/<termNumber>/<kind>` or `<applicationId>/<kind>`. */
  key: z.string(),
  /** A reminder's offset (`P1M`), `expired`, or what happened to an application. */
  kind: z.string(),
  /** Null if it is about an application. */
  termNumber: z.int().nullable(),
  applicationId: uuid.nullable(),
  /** When it is or was due, in the account's clock. */
  at: instant,
  status: z.enum(['planned', 'sent', 'failed', 'skipped', 'not_applicable']),
  /** Why it was skipped, failed or does not apply. */
  reason: z.string().nullable(),
  /** When the first delivery was sent. */
  sentAt: instant.nullable(),
  deliveries: z.array(deliveryView),
});
export type TimelineMomentView = z.infer<typeof timelineMoment>;

export const accountTimeline = z.object({
  accountId: uuid,
  now: instant,
  timeZone: z.string(),
  validUntil: instant,
  terms: showTimeline.answer.shape.terms,
  moments: z.array(timelineMoment),
});
export type AccountTimeline = z.infer<typeof accountTimeline>;

export const movedClock = z.object({
  accountId: uuid,
  from: instant,
  to: instant,
  aheadSeconds: z.int().describe("By how many seconds the account's clock is now ahead of the wall clock."),
  happened: z.array(timelineMoment).describe('What was due between `from` and `to`, earliest first.'),
});
export type MovedClock = z.infer<typeof movedClock>;

/** A preview, with the current outcomes of the examples' moments. */
export const policyTrial = policyPreview.extend({
  examples: z.array(policyExample.extend({ before: z.array(timelineMoment), after: z.array(timelineMoment) })),
});
export type PolicyTrial = z.infer<typeof policyTrial>;

export const countryList = z.object({ items: z.array(z.object({ code: country, timeZones: z.array(timeZone) })) });
export type CountryList = z.infer<typeof countryList>;
