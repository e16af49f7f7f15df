import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { resolveDelivery, type ResolutionInput } from '../api/calls.js';
import { isRefusal } from '../api/problem.js';
import { useSend } from '../api/use-send.js';

/**
 * Resolves e-mails alike, one after the other, until it is stopped or one of them fails; the next submission goes on
 * with the rest.
 * @param onOver called with those that are no longer unclear
 */
export function useResolving(onOver: (deliveryIds: readonly string[]) => void) {
  const queries = useQueryClient();
  const left = useRef<readonly string[]>([]);
  const isStopped = useRef(false);
  const [tally, setTally] = useState({ resolved: 0, tooLate: 0 });
  const stop = () => void (isStopped.current = true);
  useEffect(() => stop, []);

  const send = useSend<ResolutionInput, void>({
    scope: 'resolution/several',
    send: async (content, { key }) => {
      const over: string[] = [];
      try {
        for (const deliveryId of left.current) {
          if (isStopped.current) return;
          const outcome = await outcomeOf(resolveDelivery(deliveryId, content, { key: `${key}/${deliveryId}` }));
          over.push(deliveryId);
          left.current = left.current.slice(1);
          setTally((before) => ({ ...before, [outcome]: before[outcome] + 1 }));
        }
      } finally {
        onOver(over);
        void queries.invalidateQueries({ queryKey: ['deliveries'] });
      }
    },
  });
  return {
    tally,
    send,
    stop,
    /** What the next submission resolves. */
    take: (deliveryIds: readonly string[]) => {
      left.current = deliveryIds;
      setTally({ resolved: 0, tooLate: 0 });
      send.reset();
    },
    submit: (content: ResolutionInput) => {
      isStopped.current = false;
      send.submit(content);
    },
  };
}

/** A colleague or the provider may have been first. */
async function outcomeOf(answer: Promise<unknown>): Promise<'resolved' | 'tooLate'> {
  try {
    await answer;
    return 'resolved';
  } catch (error) {
    if (isRefusal(error, 'delivery_settled')) return 'tooLate';
    throw error;
  }
}
