import { answerIn, type Problem } from '@tenure/contracts';
import { BatchedRequests } from '@tenure/platform/messaging';

/**
 * Timeouts of a request, in milliseconds: a local activity gets two short attempts within five seconds; a regular one
 * times out just before Temporal would end it, so that operators read the reason.
 */
export const patience = { local: 2_000, ordinary: 9_500 };
export type Kind = keyof typeof patience;

/**
 * A single request is sent immediately. When thousands of workflows wake in the same minute, the requests of this many
 * milliseconds are batched.
 */
const APART_MS = 100;

/** Local activities are batched across workflows; retries are sent individually, with a longer timeout. */
export function batched<Body, Answer>(
  askMany: (bodies: Body[], timeout: number) => Promise<{ items: ({ answer: Answer } | { problem: Problem })[] }>,
): (body: Body, kind: Kind) => Promise<Answer> {
  const together = new BatchedRequests<Body, Answer>({
    askMany: (bodies) => askMany(bodies, patience.local),
    atOnce: 2,
    apartMs: APART_MS,
  });
  return async (body, kind) => {
    if (kind === 'local') return together.ask(body);
    const { items } = await askMany([body], patience.ordinary);
    return answerIn(items[0]!);
  };
}
