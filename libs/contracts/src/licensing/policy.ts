import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { calendarDate, done, growing, idempotencyKey, instant, timeZone, uuid } from '../values.js';
import { momentSchema } from './contract.js';

/** What an organization chooses. Which offsets and times there are is for licensing to judge, in one place. */
export const chosenPolicy = z.strictObject({
  offsets: z
    .array(z.string().max(10))
    .max(100)
    .describe(
      'How long before the last day each reminder goes out, 1 to 12 of them in any order: whole months, weeks or days, such as `P1M`, `P2W`, `P0D`.',
    ),
  localTime: z.string().max(10).describe("When, on the clocks of the account's zone: `09:00`."),
});
export type ChosenPolicy = z.infer<typeof chosenPolicy>;

export const policyChangeStates = ['applying', 'stopped', 'applied', 'superseded'] as const;

/** Where the moving of an organization's live subscriptions to a version of its policy is. */
export const policyChangeView = z.object({
  version: z.int(),
  /** `superseded`: a newer version came before this one was applied to all. */
  state: growing(policyChangeStates),
  /** How many subscriptions were live when it was asked for. */
  total: z.int(),
  /** How many have been looked at. */
  lookedAt: z.int(),
  /** How many of them were moved; the others had it already, since they were opened or renewed meanwhile. */
  moved: z.int(),
  requestedBy: uuid,
  requestedAt: instant,
  endedAt: instant.nullable(),
});
export type PolicyChangeView = z.infer<typeof policyChangeView>;

export const policyView = z.object({
  organizationId: uuid,
  /** 1 is the default; each change of the organization's own is the next. */
  version: z.int(),
  /** As they come, weeks as days: `P14D`. */
  offsets: z.array(z.string()),
  localTime: z.string(),
  /** How far it has been applied; null for the default. */
  change: policyChangeView.nullable(),
  /** Over how many minutes after that time reminders are spread, each account's always by the same; 0 when they are not. */
  spreadMinutes: z.int(),
});
export type PolicyView = z.infer<typeof policyView>;

/** The own organization's newest reminder policy; Customer Success may name another. @throws forbidden */
export const getPolicy = request(
  'licensing.policy.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema, organizationId: uuid.optional() }),
  policyView,
);

/** What a change of policy does to one account's reminders that are still to come. */
export const policyEffect = z.object({
  /** Reminders that are sent by the new policy only. */
  more: z.int(),
  /** Reminders that are not sent any more. */
  fewer: z.int(),
  /** Reminders that are sent at another time. */
  moved: z.int(),
  /** Reminders of the new policy that are left out, because their time has passed. */
  skipped: z.int(),
});
export type PolicyEffect = z.infer<typeof policyEffect>;

export const policyExample = z.object({
  accountId: uuid,
  timeZone,
  expiresOn: calendarDate,
  effect: policyEffect,
  /** The term's moments as they are, and as they would be. */
  before: z.array(momentSchema),
  after: z.array(momentSchema),
});

export const policyPreview = z.object({
  /** As it would be stored. */
  offsets: z.array(z.string()),
  localTime: z.string(),
  /** How many live subscriptions it touches. */
  touched: z.int(),
  /** How many of them were reckoned: all, up to 10,000, but those whose time zone this version does not know. */
  reckoned: z.int(),
  /** The same effect on so many accounts, the most first; together `reckoned`. */
  effects: z.array(policyEffect.extend({ accounts: z.int() })),
  examples: z.array(policyExample),
  /** The `cursor` of the following page of examples. */
  next: uuid.nullable(),
});

/** What each live subscription would send or skip if this were chosen now; by the same planner. Stores nothing. @throws forbidden, invalid */
export const previewPolicy = request(
  'licensing.policy.preview',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    policy: chosenPolicy,
    /** The last account of the page of examples before. */
    cursor: uuid.optional(),
  }),
  policyPreview,
);

/**
 * Chooses another policy: a new version, which subscriptions that are opened or renewed from now on have, and to which
 * the live ones are moved. Ends a change that is still being applied.
 * @throws forbidden, invalid, policy_changed when `replaces` is not the newest version, idempotency_key_reused
 */
export const changePolicy = request(
  'licensing.policy.change',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    idempotencyKey,
    policy: chosenPolicy,
    /** The version that its maker saw. */
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
/** Holds a change where it is. One that has ended stays ended, and is answered as it is. @throws forbidden, not_found */
export const stopPolicyChange = request('licensing.policy-change.stop', ['gateway'], ownChange, policyChangeView);
/** Goes on with one that was stopped. @throws forbidden, not_found */
export const continuePolicyChange = request(
  'licensing.policy-change.continue',
  ['gateway'],
  ownChange,
  policyChangeView,
);

/** Moves the next batch of an organization's subscriptions; a batch that was done before is not done again. @throws not_found */
export const advancePolicyChange = request(
  'licensing.policy-change.advance',
  ['workflows'],
  z.strictObject({
    organizationId: uuid,
    version: z.int(),
    /** 1, 2, 3 …; the one after the last that was answered. */
    batch: z.int().min(1),
  }),
  policyChangeView
    .pick({ state: true, total: true, lookedAt: true, moved: true })
    .extend({ /** Batches done. */ batches: z.int() }),
);

/** Changes that are not applied to all yet, stopped ones too: their workflows should be running. */
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
/** Has the workflows of these looked after again, started where they are missing: each is told of as `resumed`. */
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
