import type { InferDataFromTag, QueryClient, QueryKey, Updater } from '@tanstack/react-query';

/**
 * Shows what was answered, and asks for it anew: what was asked for before, and is answered after it, does not take its
 * place, whether a page shows it or not.
 */
export function keepAnswer<K extends QueryKey>(
  queries: QueryClient,
  queryKey: K,
  answer: Updater<InferDataFromTag<unknown, K> | undefined, NoInfer<InferDataFromTag<unknown, K>> | undefined>,
): void {
  void queries.cancelQueries({ queryKey, exact: true });
  queries.setQueryData<unknown, K>(queryKey, answer);
  void queries.invalidateQueries({ queryKey, exact: true });
}
