import {
  QueryClient,
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  type QueryClientConfig,
  type QueryKey,
} from '@tanstack/react-query';
import { isUncertain } from './problem.js';

/** A question without an answer is repeated twice, silently; a refusal is an answer. */
export function makeQueryClient(): QueryClient {
  return new Queries({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && isUncertain(error),
        retryDelay: (attempt) => 500 * 2 ** attempt,
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        // Without a network there is no answer either, and the page says so.
        networkMode: 'always',
        refetchOnReconnect: true,
        refetchInterval: onceMore,
      },
      // Nor is what one pressed kept for later without a word.
      mutations: { networkMode: 'always' },
    },
  });
}

const onceMoreAfterMs = 10_000;

/**
 * What is shown and could not be asked for anew is asked for until it is answered: nothing else would say that it is
 * outdated. Where there is nothing to show, the page says so, and people try again.
 */
export function onceMore({ state: { data, error } }: Pick<Query, 'state'>): number | false {
  return data !== undefined && isUncertain(error) && onceMoreAfterMs;
}

/**
 * What changes while it is asked for may be missing in the answer: it is asked for once more, after that. No question is
 * broken off for another, or an answer that takes longer than others need to change something would never come.
 */
class Queries extends QueryClient {
  readonly #askedTooEarly = new WeakSet<Query>();

  constructor(config: QueryClientConfig) {
    super(config);
    this.getQueryCache().subscribe(({ type, query }) => {
      const isOver = type === 'updated' && query.state.fetchStatus === 'idle';
      if (isOver && this.#askedTooEarly.delete(query))
        void this.invalidateQueries({ queryKey: query.queryKey, exact: true });
    });
  }

  override invalidateQueries<K extends QueryKey = QueryKey>(
    which?: InvalidateQueryFilters<K>,
    options?: InvalidateOptions,
  ): Promise<void> {
    for (const query of this.getQueryCache().findAll(which))
      if (query.state.fetchStatus === 'fetching') this.#askedTooEarly.add(query);
    return super.invalidateQueries(which, { cancelRefetch: false, ...options });
  }
}
