/** What the provider, or the network on the way to it, had to say to one attempt. */
export interface ProviderAnswer {
  /** The provider's ids of the e-mails, in their order; null unless they were taken. */
  providerIds: string[] | null;
  /** HTTP status; null when no answer came. */
  status: number | null;
  /** The provider's own name for the error, such as `rate_limit_exceeded`. */
  error: string | null;
  message: string | null;
  /** Whether anything left for the provider: without it, a missing answer means that it was certainly not taken. */
  handedOver: boolean;
  /** How long the provider asks to be left alone, in seconds. */
  retryAfterSeconds: number | null;
}

/** What an attempt came to. Only `unclear` may have been taken without our knowing it. */
export type Outcome =
  | { kind: 'taken'; providerIds: string[] }
  | { kind: 'not_taken'; reason: string; retryAfterSeconds: number | null }
  | { kind: 'unclear'; reason: string }
  /** Nothing may be sent from the domain that it came from; from another it may. */
  | { kind: 'sender_refused'; reason: string }
  | { kind: 'refused'; reason: string };

/** Our own set-up is wrong, not the e-mail: it waits until an operator has mended that. */
const setUpErrors = new Set(['missing_api_key', 'invalid_api_key', 'restricted_api_key']);

export function outcomeOf(answer: ProviderAnswer): Outcome {
  const { status, error, retryAfterSeconds } = answer;
  if (answer.providerIds !== null) return { kind: 'taken', providerIds: answer.providerIds };
  if (status === null)
    return answer.handedOver
      ? { kind: 'unclear', reason: 'no_answer' }
      : { kind: 'not_taken', reason: 'no_connection', retryAfterSeconds };
  const reason = error === null ? `status_${status}` : `${error}: ${answer.message ?? status}`;
  if (status === 429 || (error !== null && setUpErrors.has(error)))
    return { kind: 'not_taken', reason, retryAfterSeconds };
  if (error === 'concurrent_idempotent_requests' || status === 408 || status >= 500) return { kind: 'unclear', reason };
  if (status === 403 && error === 'validation_error' && /domain is not verified/i.test(reason))
    return { kind: 'sender_refused', reason };
  // A 4xx without the provider's own words comes from something in between, which says nothing about the e-mail.
  if (error === null) return { kind: 'unclear', reason };
  return { kind: 'refused', reason };
}

/** How long the provider remembers an idempotency key. */
const KEY_LASTS_MS = 24 * 60 * 60 * 1000;
/** An attempt under the key has to arrive before the key ends. */
const MARGIN_MS = 5 * 60 * 1000;

/** A dispatch that was handed over at least once; each attempt is counted before it is made. */
export interface HandedOver {
  /** How many e-mails it has. */
  size: number;
  attempts: number;
  firstAttemptAt: Date;
}

/** Whether a dispatch may be sent once more under its key (docs/rules.md: E-mails). */
export function mayRepeat(dispatch: Pick<HandedOver, 'firstAttemptAt'>, now: Date): boolean {
  return now.getTime() < dispatch.firstAttemptAt.getTime() + KEY_LASTS_MS - MARGIN_MS;
}

/**
 * What becomes of a dispatch after an attempt. `dissolve`: rendered anew, which is allowed only when no
 * attempt of it can have been taken; an earlier attempt whose outcome nobody knows forbids it. `divide`: the same, but
 * each e-mail alone, since one of them is the reason why all were refused.
 */
export type Verdict = 'sent' | 'failed' | 'dissolve' | 'divide' | 'repeat' | 'unknown';

export function afterAttempt(dispatch: HandedOver, outcome: Outcome, now: Date): Verdict {
  if (outcome.kind === 'taken') return 'sent';
  // Under its key what was taken before is answered with its ids, so a refusal is about all attempts.
  if (outcome.kind === 'refused' && outcome.reason.startsWith('invalid_idempotent_request')) return 'unknown';
  if (outcome.kind === 'refused') return dispatch.size > 1 ? 'divide' : 'failed';
  if (outcome.kind === 'sender_refused') return dispatch.size > 1 ? 'divide' : 'dissolve';
  if (outcome.kind === 'not_taken' && dispatch.attempts === 1) return 'dissolve';
  return mayRepeat(dispatch, now) ? 'repeat' : 'unknown';
}
