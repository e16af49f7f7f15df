import type { InferDataFromTag, QueryClient, QueryKey, Updater } from '@tanstack/react-query';
import type { ApplicationView } from '@tenure/contracts';
import { applicationQuery } from './queries.js';

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

/** Shows an application as it was answered, and asks anew for all that may show it too, or what came of it. */
export function keepApplication(queries: QueryClient, application: ApplicationView): void {
  keepAnswer(queries, applicationQuery(application.applicationId).queryKey, application);
  for (const list of ['applications', 'accounts', 'account']) void queries.invalidateQueries({ queryKey: [list] });
}
