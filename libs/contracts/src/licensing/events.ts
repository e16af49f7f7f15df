import { z } from 'zod';
import { event } from '../message.js';
import { code, datapoints, instant, rtcLines, timeZone, uuid } from '../values.js';
import { termView } from './contract.js';

const subscription = z.object({ accountId: uuid, timeZone, term: termView, clockAheadSeconds: z.int() });
export const subscriptionOpened = event('licensing.subscription.opened', subscription);
export const subscriptionRenewed = event('licensing.subscription.renewed', subscription);
/** Another license or another number of datapoints. */
export const subscriptionChanged = event('licensing.subscription.changed', subscription);
/** Nothing changed: an operator has its workflow looked after again, started if it is missing. */
export const subscriptionResumed = event('licensing.subscription.resumed', subscription.extend({ license: code }));
/** Its reminders are planned by another policy: its workflow is to look again. */
export const subscriptionReplanned = event('licensing.subscription.replanned', subscription.extend({ license: code }));
/** Once per term. */
export const subscriptionExpired = event('licensing.subscription.expired', subscription);

/** What an account may use changed; carries all of it, with the envelope's `version` = revision. Instants are in the account's clock. */
export const entitlementChanged = event(
  'licensing.entitlement.changed',
  z.object({
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
    /** Sandbox: nothing but the account's clock was moved on; whoever moved it moves its workflows along. */
    clockMoved: z.boolean().default(false),
  }),
);

const policyChange = z.object({ organizationId: uuid, version: z.int() });
/** An organization has a new version of its reminder policy, to which its live subscriptions are now moved. */
export const policyChanged = event(
  'licensing.policy.changed',
  policyChange.extend({ offsets: z.array(z.string()), localTime: z.string() }),
);
/** A change of policy that was stopped, or whose workflow is missing, is to be gone on with. */
export const policyChangeResumed = event('licensing.policy.resumed', policyChange);

/** How much an account uses, the latest figure; the envelope's `version` is `useVersion`. */
export const useChanged = event(
  'licensing.use.changed',
  z.object({ accountId: uuid, used: datapoints, contracted: datapoints }),
);
