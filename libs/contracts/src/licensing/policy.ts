import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { calendarDate, done, growing, idempotencyKey, instant, timeZone, uuid } from '../values.js';
import { momentSchema } from './contract.js';

/** What an organization chooses. Licensing alone judges which offsets and times are valid. */
export const chosenPolicy = z.strictObject({
  offsets: z
    .array(z.string().max(10))
    .max(100)
    .describe(
      'How long before the last day each reminder is sent: 1 to 12 offsets in any order, in whole months, weeks or days, such as `P1M`, `P2W`, `P0D`.',
    ),
  localTime: z.string().max(10).describe("The time of day in the account's zone, such as `09:00`."),
});
export type ChosenPolicy = z.infer<typeof chosenPolicy>;

export const policyChangeStates = ['applying', 'stopped', 'applied', 'superseded'] as const;

/** The progress of moving an organization's live subscriptions to a version of its policy. */
export const policyChangeView = z.object({
  version: z.int(),
  /** `superseded`: a newer version was chosen before this one was applied to all. */
  state: growing(policyChangeStates),
  /** How many subscriptions were live when the change was requested. */
  total: z.int(),
  /** How many have been processed. */
  lookedAt: z.int(),
  /**
   * How many of them were moved. The others already had the version, because they were opened or renewed meanwhile, or
   * keep theirs.
   */
  moved: z.int(),
  /** How many keep their version, because licensing does not know their time zone. Earlier versions do not say. */
  kept: z.int().optional(),
  requestedBy: uuid,
  requestedAt: instant,
  endedAt: instant.nullable(),
});
export type PolicyChangeView = z.infer<typeof policyChangeView>;

export const policyView = z.object({
  organizationId: uuid,
  /** 1 is the default; each change by the organization adds one. */
  version: z.int(),
  /** In the order in which they fall due, weeks as days: `P14D`. */
  offsets: z.array(z.string()),
  localTime: z.string(),
  /** How far it has been applied; null for the default. */
  change: policyChangeView.nullable(),
  /**
   * Over how many minutes after that time reminders are spread, always by the same delay for an account; 0 if they are
   * not spread.
   */
  spreadMinutes: z.int(),
});
export type PolicyView = z.infer<typeof policyView>;

/** The latest reminder policy of the actor's organization; Customer Success may name another. @throws forbidden */
export const getPolicy = request(
  'licensing.policy.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema, organizationId: uuid.optional() }),
  policyView,
);

/** What a policy change does to the reminders of one account that are still to come. */
export const policyEffect = z.object({
  /** Reminders that only the new policy sends. */
  more: z.int(),
  /** Reminders that are no longer sent. */
  fewer: z.int(),
  /** Reminders that are sent at another time. */
  moved: z.int(),
  /** Reminders of the new policy that are skipped, because their time has passed. */
  skipped: z.int(),
});
export type PolicyEffect = z.infer<typeof policyEffect>;

export const policyExample = z.object({
  accountId: uuid,
  timeZone,
  expiresOn: calendarDate,
  effect: policyEffect,
  /** The moments of the term as they are, and as they would be. */
  before: z.array(momentSchema),
  after: z.array(momentSchema),
});

export const policyPreview = z.object({
  /** As it would be stored. */
  offsets: z.array(z.string()),
  localTime: z.string(),
  /** How many live subscriptions it affects. */
  touched: z.int(),
  /** How many of them were calculated: up to 10,000, without those whose time zone this version does not know. */
  reckoned: z.int(),
  /**
   * Effects, each with the number of accounts that it is the same for, most accounts first; the numbers add up to
   * `reckoned`.
   */
  effects: z.array(policyEffect.extend({ accounts: z.int() })),
  examples: z.array(policyExample),
  /** The `cursor` of the next page of examples. */
  next: uuid.nullable(),
});

/**
 * What each live subscription would send or skip if this policy were chosen now, by the same planner. Stores nothing.
 * @throws forbidden, invalid
 */
export const previewPolicy = request(
  'licensing.policy.preview',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    policy: chosenPolicy,
    /** The last account of the previous page of examples. */
    cursor: uuid.optional(),
  }),
  policyPreview,
);

/**
 * Chooses another policy. Subscriptions opened or renewed from now on have the new version, and live ones are moved to
 * it. Ends a change that is still being applied. @throws forbidden, invalid, policy_changed if `replaces` is not the
 * latest version, idempotency_key_reused
 */
export const changePolicy = request(
  'licensing.policy.change',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    idempotencyKey,
    policy: chosenPolicy,
    /** The version that the member saw. */
    replaces: z.int().min(1),
  }),
  policyView,
);

const oneChange = z.strictObject({
  actor: actorSchema,
  organizationId: uuid.optional(),
  version: z.int().min(2).max(1_000_000_000),
});
/** How far a change has been applied. @throws forbidden, not_found */
export const getPolicyChange = request('licensing.policy-change.get', ['gateway'], oneChange, policyChangeView);

const ownChange = oneChange.omit({ organizationId: true });
/**
 * Stops a change where it is. A change that has ended stays ended and is returned as it is. @throws forbidden,
 * not_found
 */
export const stopPolicyChange = request('licensing.policy-change.stop', ['gateway'], ownChange, policyChangeView);
/** Continues a stopped change. @throws forbidden, not_found */
export const continuePolicyChange = request(
  'licensing.policy-change.continue',
  ['gateway'],
  ownChange,
  policyChangeView,
);

/**
 * Moves the next batch of an organization's subscriptions; a batch that was done before is not repeated. @throws
 * not_found
 */
export const advancePolicyChange = request(
  'licensing.policy-change.advance',
  ['workflows'],
  z.strictObject({
    organizationId: uuid,
    version: z.int(),
    /** 1, 2, 3 …; one more than the last batch that was answered. */
    batch: z.int().min(1),
  }),
  policyChangeView.pick({ state: true, total: true, lookedAt: true, moved: true, kept: true }).extend({
    /** Batches done. */
    batches: z.int(),
  }),
);

/** Changes that are not applied to all subscriptions yet, including stopped ones: their workflows should be running. */
export const listUnfinishedPolicyChanges = request(
  'licensing.policy-change.list-unfinished',
  ['operator'],
  z.strictObject({
    cursor: z.strictObject({ organizationId: uuid, version: z.int() }).optional(),
    limit: z.int().min(1).max(1_000).default(1_000),
  }),
  z.object({
    items: z.array(z.object({ organizationId: uuid, version: z.int() })),
    next: z.object({ organizationId: uuid, version: z.int() }).nullable(),
  }),
);
/** Publishes `resumed` for each of these, which wakes its workflow, or starts it if it is missing. */
export const resumePolicyChanges = request(
  'licensing.policy-change.resume',
  ['operator'],
  z.strictObject({
    changes: z
      .array(z.strictObject({ organizationId: uuid, version: z.int() }))
      .min(1)
      .max(100),
  }),
  done,
);
