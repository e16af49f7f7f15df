import type { ErrorCode, Problem } from '@tenure/contracts';

/** Tenure answered and refused, with an RFC 9457 problem. */
export class Refusal extends Error {
  constructor(
    readonly problem: Problem,
    /** The id under which the request is logged. */
    readonly requestId: string | null,
  ) {
    super(problem.detail ?? problem.title);
    this.name = 'Refusal';
  }
}

/** No answer arrived, or none from Tenure: what was sent may or may not have arrived. */
export class NoAnswer extends Error {
  constructor(cause?: unknown) {
    super('No answer', { cause });
    this.name = 'NoAnswer';
  }
}

export function isRefusal(error: unknown, ...codes: ErrorCode[]): error is Refusal {
  return error instanceof Refusal && (codes.length === 0 || (codes as string[]).includes(error.problem.code));
}

/** It is unknown whether the request was carried out: no answer, or a 5xx. Retrying is right. */
export function isUncertain(error: unknown): boolean {
  if (error instanceof NoAnswer) return true;
  return error instanceof Refusal && error.problem.status >= 500 && !isRefusal(error, 'time_skipping_unavailable');
}
