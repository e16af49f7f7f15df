import { z } from 'zod';
import { DomainError, problemSchema, type Problem } from './problem.js';

/** How many things one message may ask about. */
export const mostAsked = 100;

/** All of them, in their order, in parts of at most so many, as for one message each. */
export function partsOf<T>(all: readonly T[], most: number): T[][] {
  const parts = Math.ceil(all.length / most);
  return Array.from({ length: parts }, (_, index) => all.slice(index * most, (index + 1) * most));
}

/** What one message asks about many things. */
export function manyOf<I extends z.ZodType>(ask: I) {
  return z.strictObject({ asks: z.array(ask).min(1).max(mostAsked) });
}

/** For each thing that was asked about, in the order of the request: its answer, or why it is refused. */
export function eachOf<O extends z.ZodType>(answer: O) {
  return z.object({ items: z.array(z.union([z.object({ answer }), z.object({ problem: problemSchema })])) });
}

/** One of several answers: a refusal is only its own. Everything else that goes wrong is that of all. */
export async function oneOf<T>(answer: Promise<T>): Promise<{ answer: T } | { problem: Problem }> {
  try {
    return { answer: await answer };
  } catch (error) {
    if (error instanceof DomainError) return { problem: error.problem };
    throw error;
  }
}

/** What one of several answers says. @throws DomainError its refusal */
export function answerIn<T>(item: { answer: T } | { problem: Problem }): T {
  if ('answer' in item) return item.answer;
  throw new DomainError(item.problem);
}
