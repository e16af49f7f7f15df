import { z } from 'zod';
import { event } from '../message.js';
import { code, datapoints, instant, rtcLines, timeZone, uuid } from '../values.js';
import { termView } from './contract.js';

const subscription = z.object({ accountId: uuid, timeZone, term: termView, clockAheadSeconds: z.int() });
export const subscriptionOpened = event(
  'licensing.subscription.opened',
  subscription.describe('An account has begun to work.'),
);
export const subscriptionRenewed = event(
  'licensing.subscription.renewed',
  subscription.describe('It has another term: months added, or begun anew after it had expired.'),
);
export const subscriptionChanged = event(
  'licensing.subscription.changed',
  subscription.describe('Another license or another number of datapoints.'),
);
export const subscriptionResumed = event(
  'licensing.subscription.resumed',
  subscription
    .extend({ license: code })
    .describe('Nothing changed: an operator has its workflow looked after again, started if it is missing.'),
);
export const subscriptionReplanned = event(
  'licensing.subscription.replanned',
  subscription.extend({ license: code }).describe('Its reminders are planned by another policy.'),
);
export const subscriptionExpired = event(
  'licensing.subscription.expired',
  subscription.describe(
    'A term ended without renewal. Told once for each term, soon after; until when an account works, `validUntil` alone says.',
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
      /** Whoever moved it moves its workflows along. */
      clockMoved: z.boolean().default(false).describe("Sandbox: nothing but the account's clock was moved on."),
    })
    .describe(
      "What an account may use changed: all of it, as it is now. `version` is its `revision`; instants are in the account's clock.",
    ),
);

const policyChange = z.object({ organizationId: uuid, version: z.int() });
export const policyChanged = event(
  'licensing.policy.changed',
  policyChange
    .extend({ offsets: z.array(z.string()), localTime: z.string() })
    .describe(
      'An organization has a new version of its reminder policy, to which its live subscriptions are now moved.',
    ),
);
export const policyChangeResumed = event(
  'licensing.policy.resumed',
  policyChange.describe('A change of policy that was stopped, or whose workflow is missing, is to be gone on with.'),
);

export const useChanged = event(
  'licensing.use.changed',
  z
    .object({ accountId: uuid, used: datapoints, contracted: datapoints })
    .describe(
      'How much an account uses, the latest figure, however many allocations there were; `version` is `useVersion`.',
    ),
);
