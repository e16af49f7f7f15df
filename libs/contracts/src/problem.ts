import { z } from 'zod';

/** Error codes and the HTTP status each is answered with; the same over NATS and HTTP. */
export const errorStatus = {
  malformed: 400,
  idempotency_key_missing: 400,
  unauthenticated: 401,
  token_expired: 401,
  token_invalid: 401,
  session_expired: 401,
  forbidden: 403,
  csrf_rejected: 403,
  member_unknown: 403,
  own_application: 403,
  not_found: 404,
  name_taken: 409,
  application_pending: 409,
  application_already_decided: 409,
  facts_changed: 409,
  policy_changed: 409,
  recipients_changed: 409,
  email_domain_taken: 409,
  email_domain_in_use: 409,
  step_undone: 409,
  last_recipient: 409,
  clock_busy: 409,
  delivery_settled: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  idempotency_key_reused: 422,
  contract_refused: 422,
  datapoints_exceeded: 422,
  account_expired: 422,
  too_many_requests: 429,
  internal: 500,
  busy: 503,
  unavailable: 503,
  time_skipping_unavailable: 503,
  timeout: 504,
} as const;
export type ErrorCode = keyof typeof errorStatus;

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
  /** What holds instead: the application as it stands for who lost a race. */
  current: z.unknown().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export function problem(
  code: ErrorCode,
  title: string,
  rest: Partial<Omit<Problem, 'code' | 'status' | 'type' | 'title'>> = {},
): Problem {
  return { type: `urn:tenure:problem:${code}`, title, status: errorStatus[code], code, ...rest };
}

/** A refusal, thrown anywhere in a service and turned into a reply by the platform; the client throws it again at the caller's. */
export class DomainError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'DomainError';
  }

  get code(): string {
    return this.problem.code;
  }
}

/** Shorthand for `throw refuse('not_found', 'No such account')`. */
export function refuse(...args: Parameters<typeof problem>): DomainError {
  return new DomainError(problem(...args));
}

/** What was sent is wrong in these fields. */
export function invalidFields(errors: FieldError[]): DomainError {
  return refuse('invalid', 'Some fields are not valid', { errors });
}

/** A key stands for one request of one caller: sent with another, nothing is done. */
export function idempotencyKeyReused(): DomainError {
  return refuse('idempotency_key_reused', 'This Idempotency-Key was used for another request');
}
