import type { InferDataFromTag, QueryClient, QueryKey, Updater } from '@tanstack/react-query';
import type { ApplicationView } from '@tenure/contracts';
import { applicationQuery } from './queries.js';

/**
 * Shows an answer and fetches it again. A request that was sent before and is answered later does not replace it,
 * whether or not a page shows it.
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

/** Shows an application as answered, and refetches everything that may show it or its consequences. */
export function keepApplication(queries: QueryClient, application: ApplicationView): void {
  keepAnswer(queries, applicationQuery(application.applicationId).queryKey, application);
  for (const list of ['applications', 'accounts', 'account']) void queries.invalidateQueries({ queryKey: [list] });
}
