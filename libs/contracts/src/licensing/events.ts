import { z } from 'zod';
import { event } from '../message.js';
import { code, datapoints, instant, rtcLines, timeZone, uuid } from '../values.js';
import { termView } from './contract.js';

const subscription = z.object({ accountId: uuid, timeZone, term: termView, clockAheadSeconds: z.int() });
export const subscriptionOpened = event(
  'licensing.subscription.opened',
  subscription.describe('A new account started to work.'),
);
export const subscriptionRenewed = event(
  'licensing.subscription.renewed',
  subscription.describe(
    'The subscription has another term: months were added, or it started again after it had expired.',
  ),
);
export const subscriptionChanged = event(
  'licensing.subscription.changed',
  subscription.describe('The license or the number of contracted datapoints changed.'),
);
export const subscriptionResumed = event(
  'licensing.subscription.resumed',
  subscription
    .extend({ license: code })
    .describe('Nothing changed: an operator resumes the workflow, which starts if it is missing.'),
);
export const subscriptionReplanned = event(
  'licensing.subscription.replanned',
  subscription.extend({ license: code }).describe('Its reminders now follow another version of the policy.'),
);
export const subscriptionExpired = event(
  'licensing.subscription.expired',
  subscription.describe(
    'A term ended without renewal. Sent once per term, shortly after the end; only `validUntil` says until when an account works.',
  ),
);

export const entitlementChanged = event(
  'licensing.entitlement.changed',
  z
    .object({
      accountId: uuid,
      license: code,
      features: z.array(z.string()),
      contracted: datapoints,
      rtcLines,
      timeZone,
      term: termView,
      validUntil: instant,
      renewalPending: z.boolean(),
      clockAheadSeconds: z.int(),
      /** Whoever moved the clock also moves the workflows along. */
      clockMoved: z.boolean().default(false).describe("Sandbox: nothing changed except the account's clock."),
    })
    .describe(
      "What an account may use changed. Carries the whole entitlement as it is now. `version` is its `revision`; instants are in the account's clock.",
    ),
);

const policyChange = z.object({ organizationId: uuid, version: z.int() });
export const policyChanged = event(
  'licensing.policy.changed',
  policyChange
    .extend({ offsets: z.array(z.string()), localTime: z.string() })
    .describe(
      'An organization has a new version of its reminder policy; its live subscriptions are being moved to it.',
    ),
);
export const policyChangeResumed = event(
  'licensing.policy.resumed',
  policyChange.describe('A policy change that was stopped, or whose workflow is missing, continues.'),
);

export const useChanged = event(
  'licensing.use.changed',
  z
    .object({ accountId: uuid, used: datapoints, contracted: datapoints })
    .describe(
      'The use of an account changed. Carries the latest figure, which may sum up several allocations; `version` is `useVersion`.',
    ),
);
