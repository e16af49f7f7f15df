/** What others need to talk to a workflow. Types and constants only: the workflow bundle imports nothing from here at run time but these. */
export const taskQueue = 'tenure';

export const applicationWorkflow = 'application';
export const subscriptionWorkflow = 'subscription';

export const applicationWorkflowId = (applicationId: string) => `application/${applicationId}`;
export const subscriptionWorkflowId = (accountId: string) => `subscription/${accountId}`;

export interface ApplicationInput {
  applicationId: string;
}
export interface SubscriptionInput {
  accountId: string;
}

/** A decision that was stored in accounts is to be settled: `(decisionId)`. */
export const decideSignal = 'decide';
/** Something changed in the records: look again. No arguments; never says what to do. */
export const lookAgainSignal = 'lookAgain';

/** Search attributes; never encrypted, so no personal data. */
export const searchAttributes = {
  AccountId: 'Keyword',
  OrganizationId: 'Keyword',
  ApplicationType: 'Keyword',
  ApplicationStatus: 'Keyword',
  License: 'Keyword',
  ExpiresOn: 'Datetime',
} as const;
