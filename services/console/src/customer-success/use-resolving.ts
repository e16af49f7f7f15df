import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { resolveDelivery, type ResolutionInput } from '../api/calls.js';
import { isRefusal } from '../api/problem.js';
import { useSend } from '../api/use-send.js';

/**
 * Resolves e-mails alike, one after the other, until it is stopped or one of them fails; the next submission goes on
 * with the rest. After too many requests it waits as long as the gateway says.
 * @param onOver called with those that are no longer unclear
 */
export function useResolving(onOver: (deliveryIds: readonly string[]) => void) {
  const queries = useQueryClient();
  const left = useRef<readonly string[]>([]);
  const stopping = useRef(new AbortController());
  const [tally, setTally] = useState({ resolved: 0, tooLate: 0 });
  const [isWaiting, setWaiting] = useState(false);
  const stop = () => stopping.current.abort();
  useEffect(() => stop, []);

  const send = useSend<ResolutionInput, void>({
    scope: 'resolution/several',
    send: async (content, { key }) => {
      const over: string[] = [];
      try {
        while (left.current.length > 0 && !stopping.current.signal.aborted) {
          const [deliveryId, ...others] = left.current as [string, ...string[]];
          const outcome = await outcomeOf(resolveDelivery(deliveryId, content, { key: `${key}/${deliveryId}` }));
          if (typeof outcome === 'object') {
            setWaiting(true);
            await pause(outcome.retryAfterSeconds, stopping.current.signal);
            setWaiting(false);
          } else {
            over.push(deliveryId);
            left.current = others;
            setTally((before) => ({ ...before, [outcome]: before[outcome] + 1 }));
          }
        }
      } finally {
        onOver(over);
        void queries.invalidateQueries({ queryKey: ['deliveries'] });
      }
    },
  });
  return {
    tally,
    isWaiting,
    send,
    stop,
    /** What the next submission resolves. */
    take: (deliveryIds: readonly string[]) => {
      left.current = deliveryIds;
      setTally({ resolved: 0, tooLate: 0 });
      send.reset();
    },
    submit: (content: ResolutionInput) => {
      stopping.current = new AbortController();
      send.submit(content);
    },
  };
}

/** A colleague or the provider may have been first. */
async function outcomeOf(answer: Promise<unknown>): Promise<'resolved' | 'tooLate' | { retryAfterSeconds: number }> {
  try {
    await answer;
    return 'resolved';
  } catch (error) {
    if (isRefusal(error, 'delivery_settled')) return 'tooLate';
    if (isRefusal(error, 'too_many_requests'))
      return { retryAfterSeconds: Number(error.problem.figures?.retryAfterSeconds ?? 2) };
    throw error;
  }
}

function pause(seconds: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1_000);
    stopped.addEventListener('abort', () => resolve(), { once: true });
  });
}
