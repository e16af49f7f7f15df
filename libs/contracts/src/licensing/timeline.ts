import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { eachOf, manyOf } from '../many.js';
import { request } from '../message.js';
import { instant, instantToReckonFrom, namesByLanguage, timeZone, uuid } from '../values.js';
import { contractFacts, momentSchema, termView } from './contract.js';

/** A reminder's kind is its offset. What is done about a moment depends on its kind, so the type check asks for each. */
export type MomentKind = Offset | 'expired';
export type Offset = `P${string}`;
const momentKind = z.string() as unknown as z.ZodType<MomentKind>;

/** Why a moment does not apply, or why nothing is sent about it. */
export type MomentReason =
  | 'expired'
  | 'imported_expired'
  | 'not_planned'
  | 'on_or_before_first_day'
  | 'past_when_policy_applied'
  | 'renewed'
  | 'stale'
  | 'still_valid'
  | 'superseded';
const momentReason = z.string() as unknown as z.ZodType<MomentReason>;

/**
 * The timeline of the current term, and what is due at `asOf` (or now in the account's clock, whichever is later).
 * Licensing does not accept an `asOf` more than a minute ahead of its own clock. @throws not_found
 */
export const getTimeline = request(
  'licensing.timeline.get',
  ['workflows'],
  z.strictObject({ accountId: uuid, asOf: instantToReckonFrom }),
  z.object({
    organizationId: uuid,
    facts: contractFacts,
    term: termView,
    timeZone,
    /** The revision of the entitlement; increases with each change of the term or of `validUntil`. */
    revision: z.int(),
    validUntil: instant,
    renewalPending: z.boolean(),
    due: z.array(
      z.object({
        moment: momentSchema.extend({ kind: momentKind }),
        action: z.enum(['send', 'skip']),
        reason: momentReason.nullable(),
      }),
    ),
    /**
     * The next planned moment; null if the term is over. If `asOf` was not accepted and is past the moment, `at` is
     * when it will be due on the caller's clock.
     */
    next: z.object({ kind: momentKind, at: instant }).nullable(),
    clockAheadSeconds: z.int(),
  }),
);

/** `getTimeline` for many accounts; each is answered or refused on its own. */
export const getManyTimelines = request(
  'licensing.timeline.get-many',
  ['workflows'],
  manyOf(getTimeline.request),
  eachOf(getTimeline.answer),
);

const shownTermView = termView.extend({
  /**
   * When the account stopped, if after its last day: a pending renewal that came to nothing had kept it working.
   * Otherwise absent.
   */
  workedUntil: instant.optional(),
});
export type ShownTermView = z.infer<typeof shownTermView>;

/** For the console: the planned moments of every term, for the timeline page. */
export const showTimeline = request(
  'licensing.timeline.show',
  ['gateway'],
  z.strictObject({ actor: actorSchema, accountId: uuid }),
  z.object({
    now: instant,
    timeZone,
    validUntil: instant,
    terms: z.array(shownTermView),
    moments: z.array(momentSchema),
    clockAheadSeconds: z.int(),
  }),
);

/** Checks shortly before a notice is sent whether its plan is still current, with the current figures and dates. */
export const checkPlan = request(
  'licensing.plan.check',
  ['notifications'],
  z.strictObject({ accountId: uuid, termNumber: z.int().nullable(), kind: z.string() }),
  z.object({
    /** False if a renewal or a new policy dropped the moment, or if it is too late for it. */
    current: z.boolean(),
    reason: momentReason.nullable(),
    facts: contractFacts,
    /** The names of the license in `facts`. */
    licenseNames: namesByLanguage.optional(),
    term: termView,
    timeZone,
    validUntil: instant,
    /**
     * Until when the account worked or works: later than `validUntil` if a pending renewal that came to nothing had kept
     * it working.
     */
    workedUntil: instant.optional(),
    /** Calendar days in the account's zone and clock to `expiresOn`. */
    daysLeft: z.int(),
    renewalPending: z.boolean(),
    /** For a reminder: its term has no later one planned. */
    isLastReminder: z.boolean(),
    /** Whether reminders are planned for its term. */
    hasReminders: z.boolean(),
    now: instant,
  }),
);

/** `checkPlan` for many notices. */
export const checkManyPlans = request(
  'licensing.plan.check-many',
  ['notifications'],
  manyOf(checkPlan.request),
  eachOf(checkPlan.answer),
);
