import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { filtersByChecks, matchesFilters, queueQuery } from './queue.js';
import type { ReviewSearch } from './decided-search.js';
import { placeInQueue, type PlaceInQueue, type RememberedQueue } from './place-in-queue.js';
import { useChecks } from './use-checks.js';

/** A reader who came from the list of decided applications goes through no queue. */
const nowhere: PlaceInQueue = { position: 0, of: 0, previous: null, next: null };

/**
 * An application's position in the filtered queue, oldest first; it keeps its position after the application has left
 * the queue.
 */
export function usePlaceInQueue(applicationId: string, search: ReviewSearch): PlaceInQueue {
  const isInQueue = search.which === undefined;
  const { data } = useQuery({ ...queueQuery(search), enabled: isInQueue });
  const waiting = data?.items ?? [];
  const { checks } = useChecks(filtersByChecks(search) ? waiting : []);
  const now = waiting
    .filter((application) => matchesFilters(application, checks.get(application.applicationId), search))
    .map((application) => application.applicationId);
  // The API does not count these filters.
  const of = filtersByChecks(search) ? now.length : (data?.count ?? 0);
  const [remembered, setRemembered] = useState<RememberedQueue>({ ids: [], of: 0 });
  if (now.includes(applicationId) && (now.join() !== remembered.ids.join() || of !== remembered.of))
    setRemembered({ ids: now, of });
  return isInQueue ? placeInQueue(remembered, now, applicationId) : nowhere;
}
