import {
  applicationFilter,
  applicationRequest,
  applicationView,
  checkApplications,
  contractFacts,
  cursor,
  limit,
  listApplications,
  listDeliveries,
  previewSchema,
  reason,
  summarizeApplications,
  summaryFilter,
  uuid,
} from '@tenure/contracts';
import { z } from 'zod';
import { downloadRoute, route } from '../routes/route.js';

const oneApplication = z.strictObject({ applicationId: uuid });

export const previewRoute = route({
  method: 'post',
  path: '/applications/preview',
  action: 'preview_application',
  summary: 'What would happen if this were approved today?',
  description:
    'Checks the form and stores nothing: first and last day, each moment of the timeline, before and after, what is refused and why.',
  body: applicationRequest,
  answer: previewSchema,
  errors: ['not_found', 'name_taken', 'application_pending', 'account_expired'],
});

export const submitRoute = route({
  method: 'post',
  path: '/applications',
  action: 'submit_application',
  summary: 'Apply for a new account, more datapoints, another license or a renewal',
  description: 'Customer Success decides it. Sending it again with the same Idempotency-Key gives the first answer.',
  body: applicationRequest,
  idempotent: true,
  status: 201,
  located: true,
  answer: applicationView,
  errors: ['not_found', 'name_taken', 'application_pending', 'too_many_pending', 'contract_refused', 'account_expired'],
});

export const seeApplications = route({
  method: 'get',
  path: '/applications',
  action: 'list_applications',
  summary: 'Applications, pending or decided',
  description:
    "A SuperAdmin sees the own organization's, Customer Success all. By when they were sent, or with `sort=decided_at` by when they were decided, withdrawn or lapsed, without pending ones. `decidedFrom` and `decidedTo` are days of your organization's zone, and narrow it to what was decided, withdrawn or lapsed from the one until the end of the other. Unless `order` says otherwise, pending ones come oldest first, all others newest first. `next` is the `cursor` of the following page.",
  query: z.strictObject({ ...applicationFilter.shape, cursor, limit }),
  answer: listApplications.answer,
});

export const downloadApplications = downloadRoute({
  method: 'get',
  path: '/applications.csv',
  action: 'download_applications',
  summary: 'The same applications as CSV, all of them',
  query: applicationFilter,
  produces: 'text/csv',
});

export const summarizeRoute = route({
  method: 'get',
  path: '/applications/summary',
  action: 'summarize_applications',
  summary: 'What became of applications, and how long they waited',
  description:
    'Of decided, withdrawn and lapsed ones, narrowed as a list of them: how many there are of each, and of all but those that were withdrawn how long they waited: the median, the longest, and how many for longer than the working days after which reviewers are reminded and their lead is told. `summary` is null where there are more than 10,000.',
  query: summaryFilter,
  answer: summarizeApplications.answer,
});

export const seeApplication = route({
  method: 'get',
  path: '/applications/{applicationId}',
  action: 'see_application',
  summary: 'One application',
  params: oneApplication,
  answer: applicationView,
  errors: ['not_found'],
});

export const seeApplicationEmails = route({
  method: 'get',
  path: '/applications/{applicationId}/emails',
  action: 'see_application_emails',
  summary: 'The e-mails that tell of an application',
  description:
    'One for each recipient, newest first. A SuperAdmin does not see what reviewers are told. `next` is the `cursor` of the following page.',
  params: oneApplication,
  query: z.strictObject({ cursor, limit }),
  answer: listDeliveries.answer.omit({ marks: true }),
  errors: ['not_found'],
});

export const downloadApplicationEmails = downloadRoute({
  method: 'get',
  path: '/applications/{applicationId}/emails.csv',
  action: 'download_application_emails',
  summary: 'The same e-mails as CSV, all of them',
  params: oneApplication,
  produces: 'text/csv',
  errors: ['not_found'],
});

export const checkRoute = route({
  method: 'get',
  path: '/applications/checks',
  action: 'check_applications',
  summary: 'What would happen if these were approved now?',
  description:
    'The same check as an approval has to pass, with its figures, for up to 50 applications; when their reviewers are reminded and their lead is told; and in which language each applicant reads, and at which address they can be asked.',
  query: z.strictObject({
    applicationIds: z
      .string()
      .max(2_000)
      .transform((ids) => ids.split(','))
      .pipe(z.array(uuid).min(1).max(50))
      .describe('Ids, separated by commas.'),
  }),
  answer: checkApplications.answer,
});

export const withdrawRoute = route({
  method: 'post',
  path: '/applications/{applicationId}/withdrawal',
  action: 'withdraw_application',
  summary: 'Withdraw a pending application',
  description: 'Any SuperAdmin of the organization can. Whoever loses a race hears what holds, in `current`.',
  params: oneApplication,
  body: z.strictObject({}),
  idempotent: true,
  answer: applicationView,
  errors: ['not_found', 'application_already_decided'],
});

/** What the decision's maker saw; a figure that has changed since is a reason to look again. */
const seen = z.strictObject(contractFacts.shape).nullable().default(null);

export const decideRoute = route({
  method: 'post',
  path: '/applications/{applicationId}/decision',
  action: 'decide_application',
  summary: 'Approve or reject an application',
  description:
    'Answers with the application once the decision is settled: `fulfilled` when what was approved is provisioned by then, else `approved`. 202 says only that the decision is stored, and where to look. `seen` is what you saw when you decided; when it has changed, an approval is refused and the application stays pending.',
  params: oneApplication,
  body: z.discriminatedUnion('verdict', [
    z.strictObject({ verdict: z.literal('approve'), reason: reason.nullable().default(null), seen }),
    z.strictObject({ verdict: z.literal('reject'), reason, seen }),
  ]),
  idempotent: true,
  answer: applicationView,
  accepted: z.object({ decisionId: uuid, application: z.string().describe('Address of the application.') }),
  errors: ['not_found', 'own_application', 'application_already_decided', 'facts_changed', 'contract_refused'],
});
