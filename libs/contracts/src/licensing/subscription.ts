import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { eachOf, manyOf, mostAsked } from '../many.js';
import { request } from '../message.js';
import {
  calendarDate,
  code,
  datapoints,
  done,
  instant,
  instantToReckonFrom,
  namesByLanguage,
  rtcLines,
  timeZone,
  uuid,
} from '../values.js';
import { accountStates, contractChange, contractFacts, momentSchema, termView } from './contract.js';

const opened = z.object({ facts: contractFacts, term: termView, validUntil: instant, timeline: z.array(momentSchema) });

/** Opens a new account's subscription: its first term starts on the local date of `decidedAt`. Idempotent by `applicationId`. @throws contract_refused, step_undone */
export const openSubscription = request(
  'licensing.subscription.open',
  ['workflows'],
  z.strictObject({ applicationId: uuid, decidedAt: instantToReckonFrom, change: contractChange.options[0] }),
  opened,
);

/**
 * Undoes `licensing.subscription.open`, even if that arrives later. @throws not_found for an application that changed a
 * subscription
 */
export const cancelSubscription = request(
  'licensing.subscription.cancel',
  ['workflows'],
  z.strictObject({ applicationId: uuid, accountId: uuid }),
  done,
);

/**
 * Applies an approved change or renewal; refused permanently if it is no longer valid. Idempotent by `applicationId`.
 * @throws contract_refused, not_found, step_undone; invalid for a new account
 */
export const applyChange = request(
  'licensing.subscription.apply',
  ['workflows'],
  z.strictObject({ applicationId: uuid, decidedAt: instantToReckonFrom, change: contractChange }),
  opened,
);

/**
 * Records that a term ended without renewal, once, if `validUntil` is not after `asOf`. Licensing does not accept an
 * `asOf` more than a minute ahead of its own clock. @throws not_found
 */
export const expireSubscription = request(
  'licensing.subscription.expire',
  ['workflows'],
  z.strictObject({ accountId: uuid, termNumber: z.int(), asOf: instant }),
  z.object({ expired: z.boolean(), validUntil: instant }),
);

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
    due: z.array(z.object({ moment: momentSchema, action: z.enum(['send', 'skip']), reason: z.string().nullable() })),
    /**
     * The next planned moment; null if the term is over. If `asOf` was not accepted and is past the moment, `at` is
     * when it will be due on the caller's clock.
     */
    next: z.object({ kind: z.string(), at: instant }).nullable(),
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

/**
 * Subscriptions whose workflow should be running, and those that ended in the last 7 days: people may still have to be
 * notified of the end.
 */
export const listUnfinishedSubscriptions = request(
  'licensing.subscription.list-unfinished',
  ['operator'],
  z.strictObject({ cursor: uuid.optional(), limit: z.int().min(1).max(1_000).default(1_000) }),
  z.object({ items: z.array(z.object({ accountId: uuid, isOver: z.boolean() })), next: z.string().nullable() }),
);
/** Publishes `resumed` for each of these, which wakes its workflow, or starts it if it is missing. */
export const resumeSubscriptions = request(
  'licensing.subscription.resume',
  ['operator'],
  z.strictObject({ accountIds: z.array(uuid).min(1).max(mostAsked) }),
  done,
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

export type LicenseNames = z.infer<typeof namesByLanguage>;

/** Checks shortly before a notice is sent whether its plan is still current, with the current figures and dates. */
export const checkPlan = request(
  'licensing.plan.check',
  ['notifications'],
  z.strictObject({ accountId: uuid, termNumber: z.int().nullable(), kind: z.string() }),
  z.object({
    /** False if a renewal or a new policy dropped the moment, or if it is too late for it. */
    current: z.boolean(),
    reason: z.string().nullable(),
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

export const licenseView = z.object({
  code,
  names: namesByLanguage,
  /** Higher is more. */
  rank: z.int(),
  features: z.array(z.string()),
  maxDatapoints: datapoints,
  maxRtcLines: rtcLines,
});
export type LicenseView = z.infer<typeof licenseView>;
export const listLicenses = request(
  'licensing.license.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  z.object({ items: z.array(licenseView) }),
);
/** The names of a license, for a text that mentions it. @throws not_found */
export const nameLicense = request(
  'licensing.license.name',
  ['notifications'],
  z.strictObject({ license: code }),
  z.object({ names: namesByLanguage }),
);
export const saveLicense = request(
  'licensing.license.save',
  ['operator'],
  z.strictObject({
    code,
    names: z.strictObject({ en: z.string().min(1).max(100), es: z.string().min(1).max(100) }),
    rank: z.int().min(0).max(1_000_000),
    features: z.array(code).max(50),
    maxDatapoints: datapoints,
    maxRtcLines: rtcLines,
  }),
  done,
);

/** What an account may use now. */
export const entitlementView = z.object({
  accountId: uuid,
  organizationId: uuid,
  license: code,
  features: z.array(z.string()),
  contracted: datapoints,
  used: datapoints,
  left: datapoints,
  rtcLines,
  expiresOn: calendarDate.describe('The last day of the term, in `timeZone`.'),
  validUntil: instant.describe(
    'When the account stops (exclusive), in its own clock: the end of `expiresOn`, or later while a renewal is pending.',
  ),
  timeZone,
  clockAheadSeconds: z.int().describe("Sandbox: seconds by which the account's clock is ahead; 0 elsewhere."),
  state: z.enum(accountStates).describe('At the time of the answer.'),
  revision: z
    .int()
    .describe(
      'Increases with each change of license, contracted datapoints, RTC lines or `validUntil`; `version` of `licensing.entitlement.changed`.',
    ),
  useVersion: z.int().describe('Increases with each change of `used`; `version` of `licensing.use.changed`.'),
});
export type EntitlementView = z.infer<typeof entitlementView>;
export const getEntitlement = request(
  'licensing.entitlement.get',
  ['ingestion', 'alerting', 'reporting', 'devices'],
  z
    .strictObject({ accountId: uuid })
    .describe('Returns what an account may use now, how much of it is used, and until when. Refused: `not_found`.'),
  entitlementView,
);

/** The state of an account that licensing's events report, as it is now. Instants are in the account's clock. */
export const toldEntitlement = z.object({
  accountId: uuid,
  license: code,
  contracted: datapoints,
  rtcLines,
  firstDay: calendarDate,
  expiresOn: calendarDate,
  expiresAt: instant,
  validUntil: instant,
  revision: z.int(),
  used: datapoints,
  useVersion: z.int(),
});
export type ToldEntitlement = z.infer<typeof toldEntitlement>;

/**
 * The entitlements of every account by id, page by page, for a projection that has to be rebuilt without the events.
 */
export const listEntitlements = request(
  'licensing.entitlement.list',
  ['accounts'],
  z.strictObject({
    /** The last account of the previous page; null for the first. */
    after: uuid.nullable(),
    limit: z.int().min(1).max(1_000).default(200),
  }),
  z.object({ items: z.array(toldEntitlement), next: uuid.nullable() }),
);

/**
 * Sandbox: sets how far the account's clock is ahead. The clock never moves back: a smaller lead changes nothing and
 * returns the current one. @throws forbidden, not_found
 */
export const setSubscriptionClock = request(
  'licensing.clock.set',
  ['gateway'],
  z.strictObject({ actor: actorSchema, accountId: uuid, aheadSeconds: z.int().min(0).max(2_000_000_000) }),
  z.object({ aheadSeconds: z.int() }),
);
