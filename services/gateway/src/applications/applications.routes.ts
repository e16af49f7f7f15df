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
  summary: 'Preview an application as if it were approved today',
  description:
    'Checks the application and stores nothing. Returns the first and last day, every moment of the timeline, the contract before and after, and what would be refused and why.',
  body: applicationRequest,
  answer: previewSchema,
  errors: ['not_found', 'name_taken', 'application_pending', 'account_expired'],
});

export const submitRoute = route({
  method: 'post',
  path: '/applications',
  action: 'submit_application',
  summary: 'Apply for a new account, other datapoints, another license or a renewal',
  description:
    'Customer Success decides the application. Retrying with the same `Idempotency-Key` returns the first answer.',
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
  summary: 'List applications, pending or decided',
  description:
    "A SuperAdmin sees the applications of their organization, Customer Success those of all. Sorted by the time of submission; with `sort=decided_at` by the time of the decision, withdrawal or lapse, without pending applications. `decidedFrom` and `decidedTo` are days in your organization's time zone and keep the applications that were decided, withdrawn or lapsed from the first day until the end of the second. Unless `order` is given, pending applications come oldest first, all others newest first. `next` is the `cursor` of the next page.",
  query: z.strictObject({ ...applicationFilter.shape, cursor, limit }),
  answer: listApplications.answer,
});

export const downloadApplications = downloadRoute({
  method: 'get',
  path: '/applications.csv',
  action: 'download_applications',
  summary: 'Download all applications of the list as CSV',
  query: applicationFilter,
  produces: 'text/csv',
});

export const summarizeRoute = route({
  method: 'get',
  path: '/applications/summary',
  action: 'summarize_applications',
  summary: 'Summarize the outcomes of applications and how long they waited',
  description:
    'Covers decided, withdrawn and lapsed applications, with the same filters as their list. Returns how many there are of each outcome. For all but the withdrawn ones, it also returns the median and the longest wait, and how many waited longer than the working days after which reviewers are reminded and their lead is notified. `summary` is null if there are more than 10,000 applications.',
  query: summaryFilter,
  answer: summarizeApplications.answer,
});

export const seeApplication = route({
  method: 'get',
  path: '/applications/{applicationId}',
  action: 'see_application',
  summary: 'Get an application',
  params: oneApplication,
  answer: applicationView,
  errors: ['not_found'],
});

export const seeApplicationEmails = route({
  method: 'get',
  path: '/applications/{applicationId}/emails',
  action: 'see_application_emails',
  summary: 'List the e-mails about an application',
  description:
    'One entry for each recipient, newest first. A SuperAdmin does not see the e-mails to reviewers. `next` is the `cursor` of the next page.',
  params: oneApplication,
  query: z.strictObject({ cursor, limit }),
  answer: listDeliveries.answer.omit({ marks: true }),
  errors: ['not_found'],
});

export const downloadApplicationEmails = downloadRoute({
  method: 'get',
  path: '/applications/{applicationId}/emails.csv',
  action: 'download_application_emails',
  summary: 'Download all e-mails about an application as CSV',
  params: oneApplication,
  produces: 'text/csv',
  errors: ['not_found'],
});

export const checkRoute = route({
  method: 'get',
  path: '/applications/checks',
  action: 'check_applications',
  summary: 'Check pending applications as if they were approved now',
  description:
    "Runs the check that an approval has to pass for up to 50 applications and returns its figures. Also returns when reviewers are reminded, when their lead is notified, and each applicant's language and e-mail address.",
  query: z.strictObject({
    applicationIds: z
      .string()
      .max(2_000)
      .transform((ids) => ids.split(','))
      .pipe(z.array(uuid).min(1).max(50))
      .describe('Ids of applications, separated by commas.'),
  }),
  answer: checkApplications.answer,
});

export const withdrawRoute = route({
  method: 'post',
  path: '/applications/{applicationId}/withdrawal',
  action: 'withdraw_application',
  summary: 'Withdraw a pending application',
  description:
    'Any SuperAdmin of the organization can withdraw it, at most 200 applications a day. If it is no longer pending, the refusal has the application as it stands in `current`.',
  params: oneApplication,
  body: z.strictObject({}),
  idempotent: true,
  answer: applicationView,
  errors: ['not_found', 'application_already_decided'],
});

/** What the reviewer saw. A figure that has changed since means that they have to look again. */
const seen = z.strictObject(contractFacts.shape).nullable().default(null);

export const decideRoute = route({
  method: 'post',
  path: '/applications/{applicationId}/decision',
  action: 'decide_application',
  summary: 'Approve or reject an application',
  description:
    'Returns the application once the decision is settled: `fulfilled` if the approved change is provisioned by then, otherwise `approved`. 202 means only that the decision is stored; `Location` is where to look for its outcome. `seen` is what you saw when you decided: if it has changed, an approval is refused and the application stays pending.',
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
