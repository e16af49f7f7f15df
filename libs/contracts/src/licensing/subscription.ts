import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { mostAsked } from '../many.js';
import { request } from '../message.js';
import { done, instant, instantToReckonFrom, uuid } from '../values.js';
import { contractChange, contractFacts, momentSchema, termView } from './contract.js';

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
