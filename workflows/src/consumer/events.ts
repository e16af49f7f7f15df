import {
  accountCreated,
  applicationResumed,
  applicationSubmitted,
  applicationWithdrawn,
  decisionRecorded,
  entitlementChanged,
  policyChanged,
  policyChangeResumed,
  readAs,
  subscriptionReplanned,
  subscriptionResumed,
  type Envelope,
} from '@tenure/contracts';
import { DeliverLater, provideConsumer, type Delivery } from '@tenure/platform';
import { SettledDecisions } from '../activities/settled-decisions.js';
import { WorkflowStarts } from './workflow-starts.js';

/** The gateway signals a decision itself: this makes up for one that died before it did. In milliseconds. */
const headStart = 2_000;

/** What starts a workflow, or tells it something. One consumer, one way: so all of them can be started again from the records. */
export const eventConsumer = provideConsumer({
  durable: 'workflows',
  events: [
    applicationSubmitted,
    applicationWithdrawn,
    decisionRecorded,
    accountCreated,
    entitlementChanged,
    applicationResumed,
    subscriptionResumed,
    subscriptionReplanned,
    policyChanged,
    policyChangeResumed,
  ],
  inject: [WorkflowStarts, SettledDecisions],
  // An event that waits for its head start takes a place.
  atOnce: 64,
  handle: startOrTell,
});

/** Handling an event twice does no harm: a workflow that is told to look again finds what it has seen. */
async function startOrTell(
  envelope: Envelope,
  delivery: Delivery,
  workflows: WorkflowStarts,
  settled: SettledDecisions,
): Promise<void> {
  const { organizationId: OrganizationId } = envelope;

  const submitted = readAs(applicationSubmitted, envelope);
  if (submitted) {
    const { accountId, type, clockAheadSeconds } = submitted.data;
    return workflows.startApplication(applicationOf(envelope), {
      searchable: {
        AccountId: accountId,
        OrganizationId,
        ApplicationType: type,
        ApplicationStatus: 'pending',
      },
      clockAheadSeconds,
    });
  }

  const told = readAs(applicationWithdrawn, envelope) ?? readAs(applicationResumed, envelope);
  if (told) {
    const { accountId, type, clockAheadSeconds } = told.data;
    return workflows.lookAgainAtApplication(applicationOf(envelope), {
      searchable: { AccountId: accountId, OrganizationId, ApplicationType: type },
      clockAheadSeconds,
    });
  }

  const recorded = readAs(decisionRecorded, envelope);
  if (recorded) {
    if (delivery.deliveries === 1) throw new DeliverLater(headStart);
    const { decisionId, accountId, clockAheadSeconds } = recorded.data;
    if (settled.has(decisionId)) return;
    return workflows.decide(applicationOf(envelope), decisionId, {
      searchable: { AccountId: accountId, OrganizationId },
      clockAheadSeconds,
    });
  }

  const created = readAs(accountCreated, envelope);
  if (created) {
    const { accountId, license, expiresOn, clockAheadSeconds } = created.data;
    return workflows.startSubscription(accountId, {
      searchable: { AccountId: accountId, OrganizationId, License: license, ExpiresOn: expiresOn },
      clockAheadSeconds,
    });
  }

  const again = readAs(subscriptionResumed, envelope) ?? readAs(subscriptionReplanned, envelope);
  if (again) {
    const { accountId, license, term, clockAheadSeconds } = again.data;
    return workflows.lookAgainAtSubscription(accountId, {
      searchable: { AccountId: accountId, OrganizationId, License: license, ExpiresOn: term.expiresOn },
      clockAheadSeconds,
    });
  }

  const chosen = readAs(policyChanged, envelope);
  if (chosen) {
    const { organizationId, version } = chosen.data;
    await workflows.startPolicyChange({ organizationId, version });
    // The change before this one has ended with it, and may be waiting to be gone on with. Version 1 is the default.
    if (version > 2) await workflows.lookAgainAtPolicyChange({ organizationId, version: version - 1 });
    return;
  }

  const goneOn = readAs(policyChangeResumed, envelope);
  if (goneOn) return workflows.lookAgainAtPolicyChange(goneOn.data);

  const entitlement = readAs(entitlementChanged, envelope);
  // Its first version comes with a new account, which is not visible yet: `account.created` starts the subscription.
  // A clock that was moved on is no news: the gateway moves the workflows along, and one mover is enough.
  if (entitlement && entitlement.version > 1 && !entitlement.data.clockMoved) {
    const { accountId, license, term, clockAheadSeconds } = entitlement.data;
    return workflows.lookAgainAtSubscription(accountId, {
      searchable: { AccountId: accountId, OrganizationId, License: license, ExpiresOn: term.expiresOn },
      clockAheadSeconds,
    });
  }
}

function applicationOf({ type, applicationId }: Envelope): string {
  if (applicationId === null) throw new Error(`${type} says nothing of its application.`);
  return applicationId;
}
