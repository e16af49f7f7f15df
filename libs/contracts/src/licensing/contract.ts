import { z } from 'zod';
import { request } from '../message.js';
import { fieldErrorSchema } from '../problem.js';
import {
  calendarDate,
  code,
  contractedDatapoints,
  country,
  datapoints,
  instant,
  instantToReckonFrom,
  months,
  rtcLines,
  timeZone,
  uuid,
} from '../values.js';

/** What an application would change, without its texts. */
export const contractChange = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('new_account'),
    accountId: uuid,
    organizationId: uuid,
    country,
    timeZone,
    license: code,
    datapoints: contractedDatapoints,
    rtcLines,
    months,
  }),
  z.strictObject({ type: z.literal('change_datapoints'), accountId: uuid, datapoints: contractedDatapoints }),
  z.strictObject({ type: z.literal('change_license'), accountId: uuid, license: code }),
  z.strictObject({
    type: z.literal('renew_subscription'),
    accountId: uuid,
    months,
    /**
     * When its application was sent, in the account's clock. The pending renewal keeps the account working from then
     * on, even if licensing has not received the event yet.
     */
    submittedAt: instantToReckonFrom.optional(),
  }),
]);
export type ContractChange = z.infer<typeof contractChange>;

const [opening, ofDatapoints, ofLicense, renewal] = contractChange.options;
/**
 * The change as accounts returns it. A worker passes it on to licensing unchanged, including fields that only those two
 * know.
 */
export const changeToHandOn = z.discriminatedUnion('type', [
  z.looseObject(opening.shape),
  z.looseObject(ofDatapoints.shape),
  z.looseObject(ofLicense.shape),
  z.looseObject(renewal.shape),
]);

export const accountStates = ['active', 'expired'] as const;

/** What a reviewer sees, and what is compared when the decision is settled. Excludes a renewal's 15 days. */
export const contractFacts = z.object({
  license: code,
  contracted: datapoints,
  rtcLines,
  expiresOn: calendarDate,
  state: z.enum(accountStates),
});
export type ContractFacts = z.infer<typeof contractFacts>;

/** Why a change cannot be approved now; `path` is the field of the application. */
export const refusalSchema = fieldErrorSchema;
export type Refusal = z.infer<typeof refusalSchema>;
/** What licensing refuses a change for, in the version of these contracts. */
export type RefusalCode =
  | 'above_license'
  | 'account_expired'
  | 'already_open'
  | 'below_used'
  | 'lasts_too_long'
  | 'no_change'
  | 'only_in_spain'
  | 'out_of_range'
  | 'too_many_datapoints'
  | 'too_many_rtc_lines'
  | 'too_small'
  | 'unknown_country'
  | 'unknown_license'
  | 'unknown_time_zone';

/**
 * `expired` is the notice at the end; the other kinds are offsets before the last day, `P1M`, `P7D`, `P0D` by default.
 */
export const momentSchema = z.object({
  /** The key of the notice: `<accountId>/<termNumber>/<kind>`. */
  key: z.string(),
  termNumber: z.int(),
  kind: z.string(),
  at: instant,
  status: z.enum(['planned', 'not_applicable', 'skipped']),
  reason: z.string().nullable(),
});
export type MomentView = z.infer<typeof momentSchema>;

export const termView = z.object({
  number: z.int(),
  anchor: calendarDate,
  months: z.int(),
  firstDay: calendarDate,
  /** The last day on which the account works. */
  expiresOn: calendarDate,
  /** The instant after the last day (exclusive). */
  expiresAt: instant,
});
export type TermView = z.infer<typeof termView>;

/** What would happen if the change were approved at `asOf`. */
export const previewSchema = z.object({
  asOf: instant,
  /** True when nothing is refused. */
  approvable: z.boolean(),
  refusals: z.array(refusalSchema),
  before: contractFacts.nullable(),
  after: contractFacts.nullable(),
  /** Current use; null for a new account. */
  use: z.object({ contracted: datapoints, used: datapoints, left: datapoints }).nullable(),
  timeZone: timeZone.nullable(),
  /** The term that would begin (new account, renewal) or the current one (other changes). */
  term: termView.nullable(),
  /** All moments of a term that would begin; of the current term, only those still to come. */
  timeline: z.array(momentSchema),
  /** Moments of the current term that a renewal would drop. */
  dropped: z.array(momentSchema),
  /** For a renewal that is not decided: until when the account keeps working. */
  worksUntilIfUndecided: instant.nullable(),
});
export type Preview = z.infer<typeof previewSchema>;

/**
 * Limits, use, terms, timeline and refusals of a change, for the form, at submission and at approval. A null `asOf`
 * means now in the account's clock. @throws not_found
 */
export const previewContract = request(
  'licensing.contract.preview',
  ['accounts', 'workflows'],
  z.strictObject({ change: contractChange, asOf: instantToReckonFrom.nullable() }),
  previewSchema,
);
