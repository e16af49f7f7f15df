import { z } from 'zod';

/**
 * Error codes, each with its HTTP status and its title, the same every time (RFC 9457) and over NATS and HTTP alike. What
 * happened this time is the detail.
 */
export const errorCodes = {
  malformed: [400, 'The request cannot be read'],
  idempotency_key_missing: [400, 'This call needs an Idempotency-Key'],
  unauthenticated: [401, 'Sign in first'],
  token_expired: [401, 'Your sign-in has expired'],
  token_invalid: [401, 'This token is not accepted'],
  session_expired: [401, 'Your session has ended'],
  forbidden: [403, 'This is not allowed'],
  csrf_rejected: [403, 'This request did not come from our pages'],
  member_unknown: [403, 'You are not a member of any organization'],
  own_application: [403, 'You cannot decide an application that you sent'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'This address has other methods'],
  member_removed: [409, 'This member was removed'],
  name_taken: [409, 'This name is taken'],
  application_pending: [409, 'An application of this type is pending'],
  too_many_pending: [409, 'Too many applications are pending'],
  application_already_decided: [409, 'The application has already been decided'],
  facts_changed: [409, 'What the decision was based on has changed'],
  policy_changed: [409, 'The reminder policy has been changed since you read it'],
  recipients_changed: [409, 'The extra addresses have been changed since you read them'],
  email_domain_taken: [409, 'The domain belongs to somebody else'],
  email_domain_in_use: [409, 'The domain is in use'],
  step_undone: [409, 'This step was undone'],
  last_recipient: [409, 'Nobody else would be notified'],
  clock_busy: [409, "The account's clock is being moved"],
  delivery_settled: [409, 'The outcome of this e-mail is already known'],
  payload_too_large: [413, 'The request is too large'],
  unsupported_media_type: [415, 'Send JSON'],
  invalid: [422, 'The request is not valid'],
  idempotency_key_reused: [422, 'This Idempotency-Key was used for another request'],
  contract_refused: [422, 'This contract is not possible'],
  datapoints_exceeded: [422, 'Not enough datapoints are left'],
  account_expired: [422, 'The account has expired'],
  too_many_requests: [429, 'Too many requests; slow down'],
  internal: [500, 'Something went wrong on our side'],
  busy: [503, 'The service is busy; try again'],
  unavailable: [503, 'Not available now; try again'],
  time_skipping_unavailable: [503, 'This Temporal server cannot move clocks'],
  timeout: [504, 'It took too long; try again'],
} as const;
export type ErrorCode = keyof typeof errorCodes;

export const figures = z.record(z.string(), z.union([z.number(), z.string()]));

export const fieldErrorSchema = z.object({
  /** Path of the field in the request, such as `application.datapoints`. */
  path: z.string(),
  /** What is wrong, for programs: `too_small`, `name_taken`, `unknown_field` … */
  code: z.string(),
  message: z.string(),
  /** The figures that the message is about, such as `{ used: 480, minimum: 480 }`. */
  figures: figures.optional(),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** RFC 9457 problem details: the body of every refusal, over NATS and HTTP alike. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(fieldErrorSchema).optional(),
  /** The figures of a refusal, such as contracted, used and left. */
  figures: figures.optional(),
  /** The current state, such as the application for the loser of a race. */
  current: z.unknown().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** @param detail what happened this time, in a sentence for people; left out if the code says it all */
export function problem(
  code: ErrorCode,
  detail?: string,
  rest: Pick<Problem, 'errors' | 'figures' | 'current'> = {},
): Problem {
  const [status, title] = errorCodes[code];
  return { type: `urn:tenure:problem:${code}`, title, status, code, ...(detail && { detail }), ...rest };
}

/**
 * A refusal. A service throws it anywhere, the platform turns it into a reply, and the client throws it again in the
 * caller.
 */
export class DomainError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'DomainError';
  }

  get code(): string {
    return this.problem.code;
  }
}

/** Whether a later retry may succeed: nobody refused the request, and it may have reached nobody. */
export function mayPass(error: unknown): boolean {
  return error instanceof DomainError && ['unavailable', 'timeout', 'busy', 'internal'].includes(error.code);
}

/** Shorthand: `throw refuse('not_found', 'There is no such account.')`. */
export function refuse(...args: Parameters<typeof problem>): DomainError {
  return new DomainError(problem(...args));
}

/** Nobody reads more, and NATS would not send them: an error is many times as long as its field. */
const mostErrors = 100;

/** Refuses a request because of these fields. */
export function invalidFields(errors: FieldError[]): DomainError {
  return refuse('invalid', 'Some fields are not valid.', { errors: errors.slice(0, mostErrors) });
}

/** A key belongs to one request of one caller; with another request, nothing is done. */
export function idempotencyKeyReused(): DomainError {
  return refuse('idempotency_key_reused');
}
