/**
 * What others need to talk to a workflow: types and constants only. The workflow bundle imports nothing else from
 * contracts at run time.
 */
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
  /**
   * Workers of contract release 0.3.2, which may run beside this version, proceed differently without these. Later ones
   * do not read them.
   */
  tells?: true;
  hearsOut?: true;
  tellsInTurn?: true;
  decidesFirst?: true;
  remindsInParallel?: true;
}
export interface SubscriptionInput {
  accountId: string;
}
export interface PolicyChangeInput {
  organizationId: string;
  /** Of the organization's reminder policy. */
  version: number;
}

/** Settle a decision that is stored in accounts: `(decisionId)`. */
export const decideSignal = 'decide';
/** Something changed in the records: read them again. No arguments; never says what to do. */
export const lookAgainSignal = 'lookAgain';

/**
 * People wait for the outcome of an application, so its tasks go before those of subscriptions and policies, which have
 * Temporal's default priority, 3. Thousands of those wait for a worker after an import, or at nine in the morning.
 */
export const applicationPriority = 2;

/**
 * How to start the workflow of an application. Whoever first has something for it does: the gateway with a decision,
 * the event consumer with the rest. A completed workflow is final and is not started again (the client then throws
 * `WorkflowExecutionAlreadyStartedError`, and there is nothing to do); one that was terminated is.
 */
export function applicationStart(applicationId: string) {
  return {
    taskQueue,
    workflowId: applicationWorkflowId(applicationId),
    priority: { priorityKey: applicationPriority },
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    args: [
      { applicationId, tells: true, hearsOut: true, tellsInTurn: true, decidesFirst: true, remindsInParallel: true },
    ] as [ApplicationInput],
    staticSummary: `Application ${applicationId}`,
    staticDetails:
      'An application, from its submission to its end. Waits for the decision of Customer Success, reminds the reviewers, ' +
      'and lapses the application if nobody decides; then provisions what was approved. ' +
      '**The current details say what it is waiting for.**\n\n' +
      'If canceled: while pending, it only stops waiting (the application stays pending, and the next decision starts the ' +
      'workflow again); while it provisions a new account, that is undone and the application fails.',
  } as const;
}

/** How to start the workflow of an account's subscription; it is started again each time the account comes back. */
export function subscriptionStart(accountId: string) {
  return {
    taskQueue,
    workflowId: subscriptionWorkflowId(accountId),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    args: [{ accountId }] as [SubscriptionInput],
    staticSummary: `Subscription of account ${accountId}`,
    staticDetails:
      "An account's subscription: sleeps until the next reminder or the expiry is due and requests its notice, until the " +
      'account stops working. A renewal continues in a new run. **The current details say what it is waiting for.**',
  } as const;
}

/** How to start the workflow of a policy change. A completed one has finished the change and is not started again. */
export function policyChangeStart(change: PolicyChangeInput) {
  const { organizationId, version } = change;
  return {
    taskQueue,
    workflowId: policyChangeWorkflowId(change),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    args: [change] as [PolicyChangeInput],
    staticSummary: `Reminder policy ${version} of organization ${organizationId}`,
    staticDetails:
      "Moves an organization's live subscriptions to a new version of its reminder policy: asks licensing to move a batch " +
      'every second. Waits while the change is stopped. **The current details show the progress.**\n\n' +
      'If canceled: moves nothing more until the organization stops and continues the change, or ' +
      '`npm run restore` starts it again. Subscriptions that were moved stay moved.',
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
