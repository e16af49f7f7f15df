import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { changeToHandOn, contractFacts, refusalSchema, previewSchema } from '../licensing/contract.js';
import { mostAsked } from '../many.js';
import { request } from '../message.js';
import { problemSchema } from '../problem.js';
import {
  accountName,
  calendarDate,
  choice,
  comment,
  contractedDatapoints,
  country,
  cursor,
  customerName,
  domainName,
  done,
  idempotencyKey,
  instant,
  limit,
  months,
  pageOf,
  reason,
  rtcLines,
  searchText,
  spokenLanguage,
  timeZone,
  uuid,
} from '../values.js';

export const applicationTypes = ['new_account', 'change_datapoints', 'change_license', 'renew_subscription'] as const;
export type ApplicationType = (typeof applicationTypes)[number];

/** `pending` → `approved` → `fulfilled` or `failed`; `pending` → `rejected` | `withdrawn` | `lapsed`. */
export const applicationStatuses = [
  'pending',
  'approved',
  'fulfilled',
  'failed',
  'rejected',
  'withdrawn',
  'lapsed',
] as const;
export type ApplicationStatus = (typeof applicationStatuses)[number];

/** What a SuperAdmin fills in. Country and time zone are preset from the organization. */
export const applicationRequest = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('new_account'),
    accountName,
    customerName,
    license: choice('Choose a license.'),
    datapoints: contractedDatapoints,
    months: months.default(12),
    sector: choice('Choose a sector.'),
    country: country.optional(),
    timeZone: timeZone.optional(),
    rtcLines: rtcLines.default(0),
    /** One of the organization's verified domains; null is the platform's own. */
    emailDomain: domainName.nullable().default(null),
    comment: comment.default(''),
  }),
  z.strictObject({
    type: z.literal('change_datapoints'),
    accountId: uuid,
    datapoints: contractedDatapoints,
    comment: comment.default(''),
  }),
  z.strictObject({
    type: z.literal('change_license'),
    accountId: uuid,
    license: choice('Choose a license.'),
    comment: comment.default(''),
  }),
  z.strictObject({
    type: z.literal('renew_subscription'),
    accountId: uuid,
    months: months.default(12),
    comment: comment.default(''),
  }),
]);
export type ApplicationRequest = z.output<typeof applicationRequest>;
/** The same as people send it: what has a default may be left out. */
export type ApplicationForm = z.input<typeof applicationRequest>;

const [newAccount, ofDatapoints, ofLicense, renewal] = applicationRequest.options;
const requestTold = z.discriminatedUnion('type', [
  z.object(newAccount.shape),
  z.object(ofDatapoints.shape),
  z.object(ofLicense.shape),
  z.object(renewal.shape),
]);

/** What others say and accounts keeps: the database takes any text but null characters. */
const kept = <T extends z.ZodType>(schema: T) =>
  schema.refine((value) => !JSON.stringify(value)?.includes(String.raw`\u0000`), 'No null characters.');

const person = z.object({ memberId: uuid, name: z.string() });

export const decisionVerdicts = ['approve', 'reject'] as const;
/** `recorded` until the workflow has had it settled; then `applied`, `refused` (an approval whose check failed or whose facts changed; the application stays pending) or `too_late`. */
export const decisionOutcomes = ['recorded', 'applied', 'refused', 'too_late'] as const;

export const decisionView = z.object({
  decisionId: uuid,
  verdict: z.enum(decisionVerdicts),
  reason: z.string().nullable(),
  decidedBy: person,
  decidedAt: instant,
  seen: contractFacts.nullable(),
  outcome: z.enum(decisionOutcomes),
  problem: problemSchema.nullable(),
});
export type DecisionView = z.infer<typeof decisionView>;

export const applicationView = z.object({
  applicationId: uuid,
  type: z.enum(applicationTypes),
  status: z.enum(applicationStatuses),
  organizationId: uuid,
  organizationName: z.string(),
  /** Null for a new account until it is fulfilled. */
  accountId: uuid.nullable(),
  accountName: z.string(),
  customerName: z.string(),
  /** What was asked for, with country and time zone filled in. */
  request: requestTold,
  /** What held when it was sent, and, once it is fulfilled, when it was decided; null for a new account, or when licensing was out of reach. */
  before: contractFacts.nullable(),
  /** What held when it was sent, whatever happened to the account until it was decided. */
  heldWhenSent: contractFacts.nullable().optional(),
  /** What would hold, by what was known when it was sent; what holds once it is fulfilled. */
  after: contractFacts.nullable(),
  applicant: person,
  submittedAt: instant,
  lapsesAt: instant,
  /** The decision that was applied, or the last one that was refused or is being settled. */
  decision: decisionView.nullable(),
  /** When and by whom it was withdrawn. */
  withdrawnBy: person.nullable(),
  endedAt: instant.nullable(),
  /** Why provisioning was undone. */
  failure: problemSchema.nullable(),
  version: z.int(),
});
export type ApplicationView = z.infer<typeof applicationView>;

/** Checks the form and says what would happen if it were approved today. Stores nothing. */
export const previewApplication = request(
  'accounts.application.preview',
  ['gateway'],
  z.strictObject({ actor: actorSchema, application: applicationRequest }),
  previewSchema,
);

/** @throws name_taken, application_pending, too_many_pending, contract_refused, invalid, account_expired, idempotency_key_reused, not_found, forbidden */
export const submitApplication = request(
  'accounts.application.submit',
  ['gateway'],
  z.strictObject({ actor: actorSchema, idempotencyKey, application: applicationRequest }),
  applicationView,
);

export const applicationFilter = z.strictObject({
  /** `decided` is everything but pending. */
  status: z.enum([...applicationStatuses, 'decided']).optional(),
  type: z.enum(applicationTypes).optional(),
  organizationId: uuid.optional(),
  accountId: uuid.optional(),
  /** Pending ones that reviewers have (or have not) been reminded of: after 2 working days, unless configured otherwise. */
  overdue: z.boolean().optional(),
  text: searchText,
  /** Those that this member of Customer Success approved or rejected. */
  decidedBy: uuid.optional(),
  /** The first and the last day on which they were decided, withdrawn or lapsed, in the zone of the actor's organization; pending ones are left out. */
  decidedFrom: calendarDate.optional(),
  decidedTo: calendarDate.optional(),
  /** By when they were sent, unless it says otherwise. `decided_at`: by when they were decided, withdrawn or lapsed; pending ones are left out. */
  sort: z.enum(['submitted_at', 'decided_at']).optional(),
  /** Absent: pending ones oldest first, all others newest first. */
  order: z.enum(['asc', 'desc']).optional(),
});

export const listApplications = request(
  'accounts.application.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema, ...applicationFilter.shape, cursor, limit }),
  pageOf(applicationView),
);

/** What became of applications, and how long they waited for it: without those that were withdrawn. */
export const applicationSummary = z.object({
  approved: z.int(),
  rejected: z.int(),
  withdrawn: z.int(),
  lapsed: z.int(),
  /** Null where none waited for Customer Success. */
  waited: z
    .object({
      medianSeconds: z.int(),
      longestSeconds: z.int(),
      /** So many waited for longer than the working days after which reviewers are reminded, and their lead is told. */
      reminded: z.int(),
      escalated: z.int(),
    })
    .nullable(),
  remindAfterWorkingDays: z.int(),
  escalateAfterWorkingDays: z.int(),
});
export type ApplicationSummary = z.infer<typeof applicationSummary>;

/** Which decided applications are summed up: as they are listed. */
export const summaryFilter = applicationFilter.omit({ accountId: true, overdue: true, sort: true, order: true });

/** For those who decide. @throws forbidden */
export const summarizeApplications = request(
  'accounts.application.summarize',
  ['gateway'],
  z.strictObject({ actor: actorSchema, ...summaryFilter.shape }),
  /** Null where more than 10,000 fit: nobody waits until all are looked through. */
  z.object({ summary: applicationSummary.nullable() }),
);

export const getApplication = request(
  'accounts.application.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema, applicationId: uuid }),
  applicationView,
);

/** What its decision rests on today. */
export const applicationCheck = z.object({
  applicationId: uuid,
  /** What would happen if it were approved now; null once it is not pending any more, or where that cannot be reckoned now. */
  preview: previewSchema.nullable(),
  /** In which language its applicant reads the reason. */
  applicantLanguage: spokenLanguage,
  /** Where its applicant can be asked; null once they have left the organization. */
  applicantEmail: z.string().nullable().optional(),
  /** When its reviewers are reminded, and when their lead is told. */
  remindAt: instant,
  escalateAt: instant,
  /** After so many working days, as configured. */
  remindAfterWorkingDays: z.int().optional(),
  escalateAfterWorkingDays: z.int().optional(),
});
export type ApplicationCheck = z.infer<typeof applicationCheck>;

/** For those who decide: checks pending applications as an approval now would, and says whom to ask about each. Unknown ones are left out. */
export const checkApplications = request(
  'accounts.application.check',
  ['gateway'],
  z.strictObject({ actor: actorSchema, applicationIds: z.array(uuid).min(1).max(50) }),
  z.object({ items: z.array(applicationCheck) }),
);

/** @throws application_already_decided with the application as it stands */
export const withdrawApplication = request(
  'accounts.application.withdraw',
  ['gateway'],
  z.strictObject({ actor: actorSchema, applicationId: uuid, idempotencyKey }),
  applicationView,
);

/** Stores a decision before it is signalled; the application's row judges later. `seen` is what its maker saw. @throws own_application, application_already_decided */
export const recordDecision = request(
  'accounts.decision.record',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    applicationId: uuid,
    idempotencyKey,
    verdict: z.enum(decisionVerdicts),
    reason: reason.nullable(),
    seen: contractFacts.nullable(),
  }),
  z.object({ decisionId: uuid, outcome: z.enum(decisionOutcomes) }),
);

/** The decision and its application, for the gateway that waits for the outcome. */
export const getDecision = request(
  'accounts.decision.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema, applicationId: uuid, decisionId: uuid }),
  z.object({ decision: decisionView, application: applicationView }),
);

/** Those whose workflow should be running, and those that ended in the last 7 days: people may still have to be told. */
export const listUnfinishedApplications = request(
  'accounts.application.list-unfinished',
  ['operator'],
  z.strictObject({ cursor: uuid.optional(), limit: z.int().min(1).max(1_000).default(1_000) }),
  z.object({ items: z.array(z.object({ applicationId: uuid, isOver: z.boolean() })), next: z.string().nullable() }),
);
/** Has the workflows of these looked after again, started where they are missing: each is told of as `resumed`. */
export const resumeApplications = request(
  'accounts.application.resume',
  ['operator'],
  z.strictObject({ applicationIds: z.array(uuid).min(1).max(mostAsked) }),
  done,
);

/** What the workflow of an application needs to know to wait for the right thing. All instants are in the account's clock. */
export const inspectApplication = request(
  'accounts.application.inspect',
  ['workflows'],
  z.strictObject({ applicationId: uuid }),
  z.object({
    applicationId: uuid,
    organizationId: uuid,
    /** Given at submission, also for a new account. */
    accountId: uuid,
    type: z.enum(applicationTypes),
    status: z.enum(applicationStatuses),
    submittedAt: instant,
    /** Reviewers are reminded (2 working days), their lead is told (5), the application lapses (30 × 24 h; a renewal not before its grace ends). */
    remindAt: instant,
    escalateAt: instant,
    lapsesAt: instant,
    /** Decisions that were recorded and not yet settled, oldest first. */
    recordedDecisions: z.array(uuid),
    /** How far the account's clock is ahead of the wall clock. */
    clockAheadSeconds: z.int(),
    /** What to provision; present once it is approved. */
    provision: z.object({ decidedAt: instant, change: changeToHandOn }).nullable(),
  }),
);

/**
 * Settles a recorded decision: the application's row is the judge. Repeating it gives the first answer.
 * `preview` is licensing's answer at `decidedAt`; null for a rejection.
 */
export const settleDecision = request(
  'accounts.decision.settle',
  ['workflows'],
  z.strictObject({
    applicationId: uuid,
    decisionId: uuid,
    preview: kept(z.strictObject({ refusals: z.array(refusalSchema), before: contractFacts.nullable() }).nullable()),
  }),
  z.object({
    /** `unknown`: accounts has no such decision for this application; nothing changed. */
    outcome: z.enum([...decisionOutcomes, 'unknown']),
    status: z.enum(applicationStatuses),
    provision: z.object({ decidedAt: instant, change: changeToHandOn }).nullable(),
    /** Other decisions that are not settled yet. Once the application is not pending any more, none is added. */
    recordedDecisions: z.array(uuid),
  }),
);

/** What the workflow asks licensing to preview before it settles: the verdict and the change of a recorded decision. */
export const inspectDecision = request(
  'accounts.decision.inspect',
  ['workflows'],
  z.strictObject({ applicationId: uuid, decisionId: uuid }),
  z.object({
    known: z.boolean(),
    verdict: z.enum(decisionVerdicts).nullable(),
    decidedAt: instant.nullable(),
    change: changeToHandOn.nullable(),
  }),
);

/**
 * Lapses the application if it is still pending, due at `asOf`, and no decision waits to be settled; answers with what
 * holds. A clock that is ahead of accounts' by more than a minute is not believed.
 */
export const lapseApplication = request(
  'accounts.application.lapse',
  ['workflows'],
  z.strictObject({ applicationId: uuid, asOf: instant }),
  z.object({
    status: z.enum(applicationStatuses),
    recordedDecisions: z.array(uuid),
    /** Where it is not due yet: when the asker's clock will show that it is. */
    lapsesAt: instant.optional(),
  }),
);

/** Makes what was approved visible: the account (new) or the change, with `account.created` or `application.fulfilled`. */
export const fulfillApplication = request(
  'accounts.application.fulfill',
  ['workflows'],
  z.strictObject({ applicationId: uuid, after: contractFacts }),
  done,
);

/** Provisioning was undone: the application failed, its name is free again. */
export const failApplication = request(
  'accounts.application.fail',
  ['workflows'],
  z.strictObject({ applicationId: uuid, problem: kept(problemSchema) }),
  done,
);

/** Creates the account of an approved application, seen by nobody before it is fulfilled. @throws step_undone when it was discarded before */
export const createAccount = request(
  'accounts.account.create',
  ['workflows'],
  z.strictObject({ applicationId: uuid }),
  z.object({ accountId: uuid }),
);

/** Undoes `accounts.account.create`, also when that comes later. */
export const discardAccount = request(
  'accounts.account.discard',
  ['workflows'],
  z.strictObject({ applicationId: uuid }),
  done,
);
