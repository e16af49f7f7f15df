/** What others need to talk to a workflow. Types and constants only: the workflow bundle imports nothing from here at run time but these. */
export const taskQueue = 'tenure';

export const applicationWorkflow = 'application';
export const subscriptionWorkflow = 'subscription';
export const policyChangeWorkflow = 'policyChange';

export const applicationWorkflowId = (applicationId: string) => `application/${applicationId}`;
export const subscriptionWorkflowId = (accountId: string) => `subscription/${accountId}`;
export const policyChangeWorkflowId = ({ organizationId, version }: PolicyChangeInput) =>
  `policy-change/${organizationId}/${version}`;

export interface ApplicationInput {
  applicationId: string;
  /** Has told that it was sent, and each change by its own letter. Absent in runs that began before starts said so. */
  tells?: true;
  /** Before it ends, waits for the signals of decisions that it has heard of otherwise. Absent in runs that began before. */
  hearsOut?: true;
  /** Sees what became of telling that it was sent only when it comes to it. Absent in runs that began before. */
  tellsInTurn?: true;
  /**
   * Settles the decisions that it has heard of, and only then has told that it was sent: what is decided by then is told
   * with how it ended. Absent in runs that began before.
   */
  decidesFirst?: true;
}
export interface SubscriptionInput {
  accountId: string;
}
export interface PolicyChangeInput {
  organizationId: string;
  /** Of the organization's reminder policy. */
  version: number;
}

/** A decision that was stored in accounts is to be settled: `(decisionId)`. */
export const decideSignal = 'decide';
/** Something changed in the records: look again. No arguments; never says what to do. */
export const lookAgainSignal = 'lookAgain';

/**
 * Somebody waits for what becomes of an application: its tasks go before those of subscriptions and policies, whose
 * priority is the engine's own, 3. Those wait for a worker by the thousands after an import, or at nine in the morning.
 */
export const applicationPriority = 2;

/**
 * How the workflow of an application is started, by whoever tells it something first: the gateway with a decision, the
 * consumer of events with the rest. One that completed has said its last word and is not started again (the client then
 * throws `WorkflowExecutionAlreadyStartedError`, and there is nothing to do); one that was ended by force is.
 */
export function applicationStart(applicationId: string) {
  return {
    taskQueue,
    workflowId: applicationWorkflowId(applicationId),
    priority: { priorityKey: applicationPriority },
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    args: [{ applicationId, tells: true, hearsOut: true, tellsInTurn: true, decidesFirst: true }] as [ApplicationInput],
    staticSummary: `Application ${applicationId}`,
    staticDetails:
      'An application, from its submission to its end. Waits for the decision of Customer Success, reminds the reviewers, ' +
      'lapses; then provisions what was approved. **What it waits for now stands in the current details.**\n\n' +
      '- Signal `decide` with the id of a stored decision: it is settled. An unknown id changes nothing.\n' +
      '- Signal `lookAgain`: it reads the application again.\n' +
      '- Cancel: while pending it only stops waiting (the application stays pending, and the next decision starts it ' +
      'again); while a new account is provisioned, that is undone and the application fails.',
  } as const;
}

/** How the workflow of an account's subscription is started; again and again, once for each time the account comes back. */
export function subscriptionStart(accountId: string) {
  return {
    taskQueue,
    workflowId: subscriptionWorkflowId(accountId),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args: [{ accountId }] as [SubscriptionInput],
    staticSummary: `Subscription of account ${accountId}`,
    staticDetails:
      "An account's subscription: sleeps until the next reminder or the expiry is due and has it told, until the account " +
      'stops working. A renewal goes on in a new run. **What it waits for now stands in the current details.**\n\n' +
      '- Signal `lookAgain`: it asks licensing for the timeline again, and does what is due.\n' +
      '- Cancel: nobody is told of what is due any more; the next `lookAgain` of the consumer starts it again. ' +
      'The account expires all the same.',
  } as const;
}

/** How the workflow of a change of policy is started. One that completed is through, and is not started again. */
export function policyChangeStart(change: PolicyChangeInput) {
  const { organizationId, version } = change;
  return {
    taskQueue,
    workflowId: policyChangeWorkflowId(change),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    args: [change] as [PolicyChangeInput],
    staticSummary: `Reminder policy ${version} of organization ${organizationId}`,
    staticDetails:
      "Moves an organization's live subscriptions to a new version of its reminder policy: asks licensing for a batch each " +
      'second. Waits while the change is stopped. **How far it is stands in the current details.**\n\n' +
      '- Signal `lookAgain`: it asks licensing whether to go on.\n' +
      '- Cancel: nothing is moved any more, until the organization stops the change and goes on with it, or ' +
      '`npm run restore` starts it again. What is moved stays moved.',
  } as const;
}

/** Search attributes; never encrypted, so no personal data. */
export const searchAttributes = {
  AccountId: 'Keyword',
  OrganizationId: 'Keyword',
  ApplicationType: 'Keyword',
  ApplicationStatus: 'Keyword',
  License: 'Keyword',
  ExpiresOn: 'Datetime',
} as const;
