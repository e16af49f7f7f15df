import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { keyStore } from './idempotency-key.js';
import type { SendOptions } from './http.js';
import { isRefusal, isUncertain, Refusal } from './problem.js';

interface Sending<I, A> {
  /** The subject of the idempotency key: `new_account`, `withdraw/<id>`. */
  scope: string;
  send: (content: I, options: SendOptions) => Promise<A>;
  /**
   * Until a promise that it returns is settled, the content still counts as being sent.
   * @param sent what was answered: the user may have typed something else meanwhile
   */
  onAnswer?: (answer: A, sent: I) => void | Promise<void>;
  onRefusal?: (refusal: Refusal) => void;
  /** The answer leads to another page, which may take a while to load. Until then it still counts as being sent. */
  leaves?: boolean;
}

/**
 * Sends something once, however often it is clicked. Without an answer it silently retries twice under the same key;
 * then `uncertain` says that it may not have arrived, and sending the same again is safe.
 */
export function useSend<I, A>({ scope, send, onAnswer, onRefusal, leaves = false }: Sending<I, A>) {
  const keys = keyStore(scope, sessionStorage);
  // A second click may come before React has rendered the first.
  const underWay = useRef(false);
  const mutation = useMutation({
    mutationFn: (content: I) => send(content, { key: keys.keyFor(content) }),
    retry: (failures, error) => failures < 2 && isUncertain(error),
    retryDelay: (attempt) => 1_000 * 2 ** attempt,
    onSuccess: (answer, content) => {
      keys.answered();
      return onAnswer?.(answer, content);
    },
    onError: (error) => {
      if (!(error instanceof Refusal) || isUncertain(error)) return;
      if (isOfContent(error)) keys.answered();
      onRefusal?.(error);
    },
    onSettled: (_answer, error) => void (underWay.current = leaves && error === null),
  });
  return {
    submit: (content: I) => {
      if (underWay.current) return;
      underWay.current = true;
      mutation.mutate(content);
    },
    /** What was sent last. */
    content: mutation.variables,
    sending: mutation.isPending || (leaves && mutation.isSuccess),
    /** It may not have arrived. */
    uncertain: isUncertain(mutation.error),
    refusal: mutation.error instanceof Refusal && !isUncertain(mutation.error) ? mutation.error : null,
    answer: mutation.data,
    /** Forgets how the last attempt ended. One in progress stays: it would otherwise seem possible to send again. */
    reset: () => {
      if (!underWay.current) mutation.reset();
    },
  };
}

/**
 * Whether it answers what was sent. A request that was not admitted says nothing about the one before it, whose answer
 * may have been lost; and a clock that is busy goes on moving when the same is sent again.
 */
function isOfContent(refusal: Refusal): boolean {
  return ![401, 403, 429].includes(refusal.problem.status) && !isRefusal(refusal, 'clock_busy');
}
