import {
  accountCreated,
  applicationResumed,
  applicationSubmitted,
  applicationWithdrawn,
  decisionRecorded,
  entitlementChanged,
  policyChanged,
  policyChangeResumed,
  subscriptionReplanned,
  subscriptionResumed,
  type Envelope,
} from '@tenure/contracts';
import { DeliverLater, on, provideConsumer } from '@tenure/platform/messaging';
import { SettledDecisions } from '../activities/settled-decisions.js';
import { WorkflowStarts, type About } from './workflow-starts.js';

/**
 * The gateway signals a decision itself. This delay, in milliseconds, gives it time to; the event makes up for a
 * gateway that crashed before it signaled.
 */
const leftToTheGateway = 2_000;

/** An event about an application. */
type Told = Envelope<typeof applicationSubmitted | typeof applicationWithdrawn | typeof applicationResumed>;

/** An event about a subscription, with its license. */
type Replanned = Envelope<typeof subscriptionReplanned | typeof entitlementChanged>;

/**
 * The events that start or signal a workflow. Everything goes through this one consumer, so all workflows can be
 * started again from the records. Handling an event twice does no harm: a workflow that is signaled to look again finds
 * nothing new.
 */
export const eventConsumer = provideConsumer({
  durable: 'workflows',
  inject: [WorkflowStarts, SettledDecisions],
  // Events that wait for the gateway's signal occupy a slot.
  atOnce: 64,
  handlers: (workflows, settled) => {
    const lookAtApplication = (told: Told) =>
      workflows.lookAgainAtApplication(applicationOf(told), aboutApplication(told));
    const lookAtSubscription = (told: Replanned) =>
      workflows.lookAgainAtSubscription(told.data.accountId, aboutSubscription(told, told.data.term.expiresOn));
    return [
      on(applicationSubmitted, (submitted) => {
        const { searchable, ...about } = aboutApplication(submitted);
        return workflows.startApplication(applicationOf(submitted), {
          ...about,
          searchable: { ...searchable, ApplicationStatus: 'pending' },
        });
      }),
      on(applicationWithdrawn, lookAtApplication),
      on(applicationResumed, lookAtApplication),
      on(decisionRecorded, async (recorded, { deliveries }) => {
        if (deliveries === 1) throw new DeliverLater(leftToTheGateway);
        const { decisionId, accountId, clockAheadSeconds } = recorded.data;
        if (settled.has(decisionId)) return;
        const searchable = { AccountId: accountId, OrganizationId: recorded.organizationId };
        await workflows.decide(applicationOf(recorded), decisionId, { searchable, clockAheadSeconds });
      }),
      on(accountCreated, (created) =>
        workflows.startSubscription(created.data.accountId, aboutSubscription(created, created.data.expiresOn)),
      ),
      on(subscriptionResumed, lookAtSubscription),
      on(subscriptionReplanned, lookAtSubscription),
      on(entitlementChanged, async (entitlement) => {
        // The first version belongs to a new account, which is not visible yet: `account.created` starts its
        // subscription. A clock move needs no signal: the gateway moves the workflows along, and two movers would
        // interfere.
        if (entitlement.version > 1 && !entitlement.data.clockMoved) await lookAtSubscription(entitlement);
      }),
      on(policyChanged, async ({ data: { organizationId, version } }) => {
        await workflows.startPolicyChange({ organizationId, version });
        // The previous change ends with this one, and its workflow may be waiting to be resumed. Version 1 is the
        // default.
        if (version > 2) await workflows.lookAgainAtPolicyChange({ organizationId, version: version - 1 });
      }),
      on(policyChangeResumed, ({ data }) => workflows.lookAgainAtPolicyChange(data)),
    ];
  },
});

function aboutApplication({ organizationId, data: { accountId, type, clockAheadSeconds } }: Told): About {
  return {
    searchable: { AccountId: accountId, OrganizationId: organizationId, ApplicationType: type },
    clockAheadSeconds,
  };
}

function aboutSubscription(
  { organizationId, data }: Envelope<typeof accountCreated> | Replanned,
  expiresOn: string,
): About {
  const { accountId, license, clockAheadSeconds } = data;
  return {
    searchable: { AccountId: accountId, OrganizationId: organizationId, License: license, ExpiresOn: expiresOn },
    clockAheadSeconds,
  };
}

function applicationOf({ type, applicationId }: Envelope): string {
  if (applicationId === null) throw new Error(`${type} does not name its application.`);
  return applicationId;
}
