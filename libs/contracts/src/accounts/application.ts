import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { changeToHandOn, contractFacts, previewSchema } from '../licensing/contract.js';
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

/** The form as clients send it: fields with a default may be left out. */
export type ApplicationForm = z.input<typeof applicationRequest>;

const [newAccount, ofDatapoints, ofLicense, renewal] = applicationRequest.options;

/** A request in an answer, which later versions may extend. */
export const submittedRequest = z.discriminatedUnion('type', [
  z.object(newAccount.shape),
  z.object(ofDatapoints.shape),
  z.object(ofLicense.shape),
  z.object(renewal.shape),
]);

const person = z.object({ memberId: uuid, name: z.string() });

export const decisionVerdicts = ['approve', 'reject'] as const;

/**
 * `recorded` until the workflow has settled it; then `applied`, `refused` (an approval whose check failed or whose
 * facts changed; the application stays pending) or `too_late`.
 */
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
  /** The request, with country and time zone filled in. */
  request: submittedRequest,
  /**
   * The contract at submission; once the application is fulfilled, the contract at the decision. Null for a new
   * account, and where licensing could not be reached.
   */
  before: contractFacts.nullable(),
  /** The contract at submission, whatever happened to the account before the decision. */
  heldWhenSent: contractFacts.nullable().optional(),
  /**
   * The contract as it would be, by what was known at submission; once the application is fulfilled, the contract as it
   * is.
   */
  after: contractFacts.nullable(),
  applicant: person,
  submittedAt: instant,
  lapsesAt: instant,
  /** The decision that was applied; before that, the latest one that was refused or is being settled. */
  decision: decisionView.nullable(),
  /** Who withdrew it. */
  withdrawnBy: person.nullable(),
  endedAt: instant.nullable(),
  /** Why provisioning was undone. */
  failure: problemSchema.nullable(),
  version: z.int(),
});
export type ApplicationView = z.infer<typeof applicationView>;

/** Checks the form and returns what would happen if it were approved today. Stores nothing. */
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
  /** `decided` is every status except pending. */
  status: z.enum([...applicationStatuses, 'decided']).optional(),
  type: z.enum(applicationTypes).optional(),
  organizationId: uuid.optional(),
  accountId: uuid.optional(),
  /**
   * Only pending ones of which reviewers have (or have not) been reminded: after 2 working days, unless configured
   * otherwise.
   */
  overdue: z.boolean().optional(),
  text: searchText,
  /** Only those that this member of Customer Success approved or rejected. */
  decidedBy: uuid.optional(),
  /**
   * The first and the last day on which they were decided, withdrawn or lapsed, in the time zone of the actor's
   * organization. Excludes pending ones.
   */
  decidedFrom: calendarDate.optional(),
  decidedTo: calendarDate.optional(),
  /**
   * Defaults to the time of submission. `decided_at` sorts by when they were decided, withdrawn or lapsed, and excludes
   * pending ones.
   */
  sort: z.enum(['submitted_at', 'decided_at']).optional(),
  /** Default: oldest first for pending ones, newest first for all others. */
  order: z.enum(['asc', 'desc']).optional(),
});

export const listApplications = request(
  'accounts.application.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema, ...applicationFilter.shape, cursor, limit }),
  pageOf(applicationView),
);

/**
 * The outcomes of applications, and how long they waited for one. Withdrawn ones do not count toward the waiting times.
 */
export const applicationSummary = z.object({
  approved: z.int(),
  rejected: z.int(),
  withdrawn: z.int(),
  lapsed: z.int(),
  /** Null if none waited for Customer Success. */
  waited: z
    .object({
      medianSeconds: z.int(),
      longestSeconds: z.int(),
      /**
       * How many waited beyond the working days after which reviewers are reminded (`reminded`) and their lead is
       * notified (`escalated`).
       */
      reminded: z.int(),
      escalated: z.int(),
    })
    .nullable(),
  remindAfterWorkingDays: z.int(),
  escalateAfterWorkingDays: z.int(),
});
export type ApplicationSummary = z.infer<typeof applicationSummary>;

/** Which decided applications the summary covers: the filter of the list. */
export const summaryFilter = applicationFilter.omit({ accountId: true, overdue: true, sort: true, order: true });

/** For Customer Success. @throws forbidden */
export const summarizeApplications = request(
  'accounts.application.summarize',
  ['gateway'],
  z.strictObject({ actor: actorSchema, ...summaryFilter.shape }),
  /** Null if more than 10,000 match: going through all of them would take too long. */
  z.object({ summary: applicationSummary.nullable() }),
);

export const getApplication = request(
  'accounts.application.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema, applicationId: uuid }),
  applicationView,
);

/** What a reviewer needs to decide the application today. */
export const applicationCheck = z.object({
  applicationId: uuid,
  /**
   * What would happen if it were approved now; null once it is no longer pending, or while this cannot be calculated.
   */
  preview: previewSchema.nullable(),
  /** The language in which the applicant reads the reason. */
  applicantLanguage: spokenLanguage,
  /** The applicant's address for questions; null once they have left the organization. */
  applicantEmail: z.string().nullable().optional(),
  /** When reviewers are reminded, and when their lead is notified. */
  remindAt: instant,
  escalateAt: instant,
  /** The configured number of working days for each. */
  remindAfterWorkingDays: z.int().optional(),
  escalateAfterWorkingDays: z.int().optional(),
});
export type ApplicationCheck = z.infer<typeof applicationCheck>;

/**
 * For Customer Success: checks pending applications as an approval now would, and returns each applicant's address and
 * language. Leaves out unknown applications.
 */
export const checkApplications = request(
  'accounts.application.check',
  ['gateway'],
  z.strictObject({ actor: actorSchema, applicationIds: z.array(uuid).min(1).max(50) }),
  z.object({ items: z.array(applicationCheck) }),
);

/** @throws application_already_decided with the current application */
export const withdrawApplication = request(
  'accounts.application.withdraw',
  ['gateway'],
  z.strictObject({ actor: actorSchema, applicationId: uuid, idempotencyKey }),
  applicationView,
);

/**
 * Applications whose workflow should be running, and those that ended in the last 7 days: people may still have to be
 * notified.
 */
export const listUnfinishedApplications = request(
  'accounts.application.list-unfinished',
  ['operator'],
  z.strictObject({ cursor: uuid.optional(), limit: z.int().min(1).max(1_000).default(1_000) }),
  z.object({ items: z.array(z.object({ applicationId: uuid, isOver: z.boolean() })), next: z.string().nullable() }),
);

/** Publishes `resumed` for each of these, which wakes its workflow, or starts it if it is missing. */
export const resumeApplications = request(
  'accounts.application.resume',
  ['operator'],
  z.strictObject({ applicationIds: z.array(uuid).min(1).max(mostAsked) }),
  done,
);

/** What the workflow of an application has to know to wait for the right thing. All instants are in the account's clock. */
export const inspectApplication = request(
  'accounts.application.inspect',
  ['workflows'],
  z.strictObject({ applicationId: uuid }),
  z.object({
    applicationId: uuid,
    organizationId: uuid,
    /** Assigned at submission, even for a new account. */
    accountId: uuid,
    type: z.enum(applicationTypes),
    status: z.enum(applicationStatuses),
    submittedAt: instant,
    /**
     * When reviewers are reminded (2 working days), when their lead is notified (5), and when the application lapses
     * (30 × 24 h; a renewal not before its grace period ends).
     */
    remindAt: instant,
    escalateAt: instant,
    lapsesAt: instant,
    /** Recorded decisions that are not settled yet, oldest first. */
    recordedDecisions: z.array(uuid),
    /** How far the account's clock is ahead of the wall clock. */
    clockAheadSeconds: z.int(),
    /** What to provision, once the application is approved. */
    provision: z.object({ decidedAt: instant, change: changeToHandOn }).nullable(),
  }),
);

/**
 * Lapses the application if it is still pending, due at `asOf`, and no decision waits to be settled; returns its state.
 * Accounts does not accept an `asOf` more than a minute ahead of its own clock.
 */
export const lapseApplication = request(
  'accounts.application.lapse',
  ['workflows'],
  z.strictObject({ applicationId: uuid, asOf: instant }),
  z.object({
    status: z.enum(applicationStatuses),
    recordedDecisions: z.array(uuid),
    /** If it is not due yet: when it will be, on the caller's clock. */
    lapsesAt: instant.optional(),
  }),
);
