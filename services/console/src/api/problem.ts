import type { ErrorCode, Problem } from '@tenure/contracts';

/** Tenure answered, and said no: its RFC 9457 problem. */
export class Refusal extends Error {
  constructor(
    readonly problem: Problem,
    /** Under which the answer stands in the log. */
    readonly requestId: string | null,
  ) {
    super(problem.detail ?? problem.title);
    this.name = 'Refusal';
  }
}

/** No answer came, or none that Tenure gave: what was sent may have arrived or not. */
export class NoAnswer extends Error {
  constructor(cause?: unknown) {
    super('No answer', { cause });
    this.name = 'NoAnswer';
  }
}

export function isRefusal(error: unknown, ...codes: ErrorCode[]): error is Refusal {
  return error instanceof Refusal && (codes.length === 0 || (codes as string[]).includes(error.problem.code));
}

/** Nobody knows whether it was done: no answer, or one that the way there gave up on. Repeating is right. */
export function isUncertain(error: unknown): boolean {
  if (error instanceof NoAnswer) return true;
  return error instanceof Refusal && error.problem.status >= 500 && !isRefusal(error, 'time_skipping_unavailable');
}
