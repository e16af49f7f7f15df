/** The answer of the provider, or of the network on the way to it, to one attempt. */
export interface ProviderAnswer {
  /** The provider's ids of the e-mails, in order; null unless they were accepted. */
  providerIds: string[] | null;
  /** HTTP status; null when no answer came. */
  status: number | null;
  /** The provider's own name for the error, such as `rate_limit_exceeded`. */
  error: string | null;
  message: string | null;
  /** Whether any of the request was sent: if not, a missing answer means that it was certainly not accepted. */
  handedOver: boolean;
}

/** The outcome of an attempt. Only after `unclear` may the provider have accepted it without our knowing. */
export type Outcome =
  | { kind: 'taken'; providerIds: string[] }
  | { kind: 'not_taken' | 'unclear' | 'refused'; reason: string }
  /** Nothing may be sent from this sender's domain; from another one it may. */
  | { kind: 'sender_refused'; reason: string };

/** Our own configuration is wrong, not the e-mail: it waits until an operator has fixed that. */
const setUpErrors = new Set(['missing_api_key', 'invalid_api_key', 'restricted_api_key']);

export function outcomeOf(answer: ProviderAnswer): Outcome {
  const { status, error } = answer;
  if (answer.providerIds !== null) return { kind: 'taken', providerIds: answer.providerIds };
  if (status === null)
    return answer.handedOver
      ? { kind: 'unclear', reason: 'no_answer' }
      : { kind: 'not_taken', reason: 'no_connection' };
  const reason = error === null ? `status_${status}` : `${error}: ${answer.message ?? status}`;
  if (status === 429 || (error !== null && setUpErrors.has(error))) return { kind: 'not_taken', reason };
  if (error === 'concurrent_idempotent_requests' || status === 408 || status >= 500) return { kind: 'unclear', reason };
  if (status === 403 && error === 'validation_error' && /domain is not verified/i.test(reason))
    return { kind: 'sender_refused', reason };
  // A 4xx that is not in the provider's own words comes from a proxy in between, and says nothing about the e-mail.
  if (error === null) return { kind: 'unclear', reason };
  return { kind: 'refused', reason };
}

/** How long the provider remembers an idempotency key. */
const KEY_LASTS_MS = 24 * 60 * 60 * 1000;
/** An attempt has to arrive before its key expires. */
const MARGIN_MS = 5 * 60 * 1000;

/** A dispatch that was sent at least once; each attempt is counted before it is made. */
export interface HandedOver {
  /** The number of its e-mails. */
  size: number;
  attempts: number;
  firstAttemptAt: Date;
}

/**
 * Whether a dispatch may be sent again under its key (docs/rules.md: E-mails). Not if its first attempt is still to come:
 * the clock was set back, and nobody knows how old the key is.
 */
export function mayRepeat(dispatch: Pick<HandedOver, 'firstAttemptAt'>, now: Date): boolean {
  const age = now.getTime() - dispatch.firstAttemptAt.getTime();
  return age >= -MARGIN_MS && age < KEY_LASTS_MS - MARGIN_MS;
}

/**
 * What happens to a dispatch after an attempt. `dissolve`: its e-mails are rendered again, which is allowed only if no
 * attempt can have been accepted; an earlier attempt with an unknown outcome rules that out. `divide`: the same, but
 * each e-mail alone, because one of them is the reason why all were refused.
 */
export type Verdict = 'sent' | 'failed' | 'dissolve' | 'divide' | 'repeat' | 'unknown';

export function afterAttempt(dispatch: HandedOver, outcome: Outcome, now: Date): Verdict {
  if (outcome.kind === 'taken') return 'sent';
  // Under the key the provider would answer an earlier acceptance with its ids, so a refusal covers all attempts.
  if (outcome.kind === 'refused' && outcome.reason.startsWith('invalid_idempotent_request')) return 'unknown';
  if (outcome.kind === 'refused') return dispatch.size > 1 ? 'divide' : 'failed';
  if (outcome.kind === 'sender_refused') return dispatch.size > 1 ? 'divide' : 'dissolve';
  if (outcome.kind === 'not_taken' && dispatch.attempts === 1) return 'dissolve';
  return mayRepeat(dispatch, now) ? 'repeat' : 'unknown';
}
