import {
  QueryClient,
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  type QueryClientConfig,
  type QueryKey,
} from '@tanstack/react-query';
import { isRefusal, isUncertain } from './problem.js';

/** A request without an answer is silently retried twice; a refusal is an answer. */
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
        refetchInterval: retryInterval,
      },
      // A submission is not silently queued until the network returns either.
      mutations: { networkMode: 'always' },
    },
  });
}

const retryAfterMs = 10_000;

/**
 * What is shown but could not be refetched is fetched again until there is an answer: nothing else would reveal that it
 * is stale. Where nothing is shown, the page says so, and the user tries again.
 */
export function retryInterval({ state: { data, error } }: Pick<Query, 'state'>): number | false {
  return data !== undefined && (isUncertain(error) || isRefusal(error, 'too_many_requests')) && retryAfterMs;
}

/**
 * A change that arrives while a request is in flight may be missing from its answer, so the query is refetched after
 * it. No request is canceled for another: an answer that takes longer than the interval between changes would never
 * arrive.
 */
class Queries extends QueryClient {
  readonly #changedWhileFetching = new WeakSet<Query>();

  constructor(config: QueryClientConfig) {
    super(config);
    this.getQueryCache().subscribe(({ type, query }) => {
      const isOver = type === 'updated' && query.state.fetchStatus === 'idle';
      if (isOver && this.#changedWhileFetching.delete(query))
        void this.invalidateQueries({ queryKey: query.queryKey, exact: true });
    });
  }

  override invalidateQueries<K extends QueryKey = QueryKey>(
    which?: InvalidateQueryFilters<K>,
    options?: InvalidateOptions,
  ): Promise<void> {
    for (const query of this.getQueryCache().findAll(which))
      if (query.state.fetchStatus === 'fetching') this.#changedWhileFetching.add(query);
    return super.invalidateQueries(which, { cancelRefetch: false, ...options });
  }
}
