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

/** The gateway signals a decision itself: this makes up for one that died before it did. In milliseconds. */
const leftToTheGateway = 2_000;

/** An application that something is told of. */
type Told = Envelope<typeof applicationWithdrawn | typeof applicationResumed>;

/** A subscription that something is told of, with its license. */
type Replanned = Envelope<typeof subscriptionReplanned | typeof entitlementChanged>;

/**
 * What starts a workflow, or tells it something. One consumer, one way: so all of them can be started again from the
 * records. Handling an event twice does no harm: a workflow that is told to look again finds what it has seen.
 */
export const eventConsumer = provideConsumer({
  durable: 'workflows',
  inject: [WorkflowStarts, SettledDecisions],
  // An event that is left to the gateway first takes a place.
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
        // Its first version comes with a new account, which is not visible yet: `account.created` starts the subscription.
        // A clock that was moved on is no news: the gateway moves the workflows along, and one mover is enough.
        if (entitlement.version > 1 && !entitlement.data.clockMoved) await lookAtSubscription(entitlement);
      }),
      on(policyChanged, async ({ data: { organizationId, version } }) => {
        await workflows.startPolicyChange({ organizationId, version });
        // The change before this one has ended with it, and may be waiting to be gone on with. Version 1 is the default.
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
  if (applicationId === null) throw new Error(`${type} says nothing of its application.`);
  return applicationId;
}
