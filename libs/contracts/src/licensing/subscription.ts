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

/** Undoes `licensing.subscription.open`, also when that comes later. @throws not_found for an application that changed a subscription */
export const cancelSubscription = request(
  'licensing.subscription.cancel',
  ['workflows'],
  z.strictObject({ applicationId: uuid, accountId: uuid }),
  done,
);

/** Applies an approved change or renewal; refused for good when it does not hold any more. Idempotent by `applicationId`. @throws contract_refused, not_found, step_undone; invalid for a new account */
export const applyChange = request(
  'licensing.subscription.apply',
  ['workflows'],
  z.strictObject({ applicationId: uuid, decidedAt: instantToReckonFrom, change: contractChange }),
  opened,
);

/**
 * Records that a term ended without renewal, once, if `validUntil` is not after `asOf`. A clock that is ahead of licensing's
 * by more than a minute is not believed. @throws not_found
 */
export const expireSubscription = request(
  'licensing.subscription.expire',
  ['workflows'],
  z.strictObject({ accountId: uuid, termNumber: z.int(), asOf: instant }),
  z.object({ expired: z.boolean(), validUntil: instant }),
);

/**
 * The current term's timeline, and what is due at `asOf` (or now in the account's clock, whichever is later). A clock that is
 * ahead of licensing's by more than a minute is not believed. @throws not_found
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
    /** The entitlement's: grows with each change of the term or of `validUntil`. */
    revision: z.int(),
    validUntil: instant,
    renewalPending: z.boolean(),
    due: z.array(z.object({ moment: momentSchema, action: z.enum(['send', 'skip']), reason: z.string().nullable() })),
    /**
     * The next planned moment; null when the term is over. Where the asker's clock was not believed and is past it, `at` is
     * when that clock will show that it has come.
     */
    next: z.object({ kind: z.string(), at: instant }).nullable(),
    clockAheadSeconds: z.int(),
  }),
);

/** The same of many accounts at once, each answered or refused by itself. */
export const getManyTimelines = request(
  'licensing.timeline.get-many',
  ['workflows'],
  manyOf(getTimeline.request),
  eachOf(getTimeline.answer),
);

/** Those whose workflow should be running, and those that stopped in the last 7 days: their end may still have to be told. */
export const listUnfinishedSubscriptions = request(
  'licensing.subscription.list-unfinished',
  ['operator'],
  z.strictObject({ cursor: uuid.optional(), limit: z.int().min(1).max(1_000).default(1_000) }),
  z.object({ items: z.array(z.object({ accountId: uuid, isOver: z.boolean() })), next: z.string().nullable() }),
);
/** Has the workflows of these looked after again, started where they are missing: each is told of as `resumed`. */
export const resumeSubscriptions = request(
  'licensing.subscription.resume',
  ['operator'],
  z.strictObject({ accountIds: z.array(uuid).min(1).max(mostAsked) }),
  done,
);

const shownTermView = termView.extend({
  /** When it stopped, past its last day: a renewal that came to nothing had kept it working. Else absent. */
  workedUntil: instant.optional(),
});
export type ShownTermView = z.infer<typeof shownTermView>;

/** For people: every term's moments as planned, for the timeline page. */
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

/** Shortly before a notice is sent: does its plan still hold, and with which figures and dates? */
export const checkPlan = request(
  'licensing.plan.check',
  ['notifications'],
  z.strictObject({ accountId: uuid, termNumber: z.int().nullable(), kind: z.string() }),
  z.object({
    /** False when the moment was dropped by a renewal or a new policy, or went stale. */
    current: z.boolean(),
    reason: z.string().nullable(),
    facts: contractFacts,
    /** What people call the license in `facts`. */
    licenseNames: namesByLanguage.optional(),
    term: termView,
    timeZone,
    validUntil: instant,
    /** Until when it worked, or works: later than `validUntil` where a renewal that had kept it working came to nothing. */
    workedUntil: instant.optional(),
    /** Calendar days in the account's zone and clock to `expiresOn`. */
    daysLeft: z.int(),
    renewalPending: z.boolean(),
    /** Of a reminder: no later one of its term is planned. */
    isLastReminder: z.boolean().default(false),
    /** Reminders of its term are planned. */
    hasReminders: z.boolean().default(true),
    now: instant,
  }),
);

/** The same for many notices at once. */
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
/** What people call a license, for a text that names one. @throws not_found */
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
  clockAheadSeconds: z.int().describe("Sandbox: how far the account's clock is ahead of the wall clock; 0 elsewhere."),
  state: z.enum(accountStates).describe('Of this moment.'),
  revision: z
    .int()
    .describe(
      'Grows with each change of license, contracted, RTC lines or `validUntil`; `version` of `licensing.entitlement.changed`.',
    ),
  useVersion: z.int().describe('Grows with each change of `used`; `version` of `licensing.use.changed`.'),
});
export type EntitlementView = z.infer<typeof entitlementView>;
export const getEntitlement = request(
  'licensing.entitlement.get',
  ['ingestion', 'alerting', 'reporting', 'devices'],
  z
    .strictObject({ accountId: uuid })
    .describe('What an account may use now, what of it is used, and until when. Refused: `not_found`.'),
  entitlementView,
);

/** What licensing's events say of an account, as it holds now. Instants are in the account's clock. */
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

/** Of every account, by their ids, page by page, for whoever keeps them: what holds, in place of the events that said so. */
export const listEntitlements = request(
  'licensing.entitlement.list',
  ['accounts'],
  z.strictObject({
    /** The last account of the page before; null for the first page. */
    after: uuid.nullable(),
    limit: z.int().min(1).max(1_000).default(200),
  }),
  z.object({ items: z.array(toldEntitlement), next: uuid.nullable() }),
);

/** Sandbox: sets how far the account's clock is ahead. Never back: a smaller lead changes nothing and is answered with what holds. @throws forbidden, not_found */
export const setSubscriptionClock = request(
  'licensing.clock.set',
  ['gateway'],
  z.strictObject({ actor: actorSchema, accountId: uuid, aheadSeconds: z.int().min(0).max(2_000_000_000) }),
  z.object({ aheadSeconds: z.int() }),
);
