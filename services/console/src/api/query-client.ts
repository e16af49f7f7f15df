import { QueryClient } from '@tanstack/react-query';
import { isUncertain } from './problem.js';

/** A question without an answer is repeated twice, silently; a refusal is an answer. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && isUncertain(error),
        retryDelay: (attempt) => 500 * 2 ** attempt,
        staleTime: 10_000,
        refetchOnWindowFocus: true,
      },
    },
  });
}
