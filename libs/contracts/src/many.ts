import { z } from 'zod';
import { DomainError, problemSchema, type Problem } from './problem.js';

/** The maximum number of items in one message. */
export const mostAsked = 100;

/** Splits a list into parts of at most `most` items, in order, one part for each message. */
export function partsOf<T>(all: readonly T[], most: number): T[][] {
  const parts = Math.ceil(all.length / most);
  return Array.from({ length: parts }, (_, index) => all.slice(index * most, (index + 1) * most));
}

/** The schema of one request with many items. */
export function manyOf<I extends z.ZodType>(ask: I) {
  return z.strictObject({ asks: z.array(ask).min(1).max(mostAsked) });
}

/** For each item, in the order of the request: its answer, or why it is refused. */
export function eachOf<O extends z.ZodType>(answer: O) {
  return z.object({ items: z.array(z.union([z.object({ answer }), z.object({ problem: problemSchema })])) });
}

/** Turns a refusal into the answer of one item. Any other error fails the whole request. */
export async function oneOf<T>(answer: Promise<T>): Promise<{ answer: T } | { problem: Problem }> {
  try {
    return { answer: await answer };
  } catch (error) {
    if (error instanceof DomainError) return { problem: error.problem };
    throw error;
  }
}

/** The answer of one item. @throws DomainError its refusal */
export function answerIn<T>(item: { answer: T } | { problem: Problem }): T {
  if ('answer' in item) return item.answer;
  throw new DomainError(item.problem);
}
