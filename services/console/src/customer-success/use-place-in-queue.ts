import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useListening } from '../api/use-listening.js';
import { queueQuery } from './queue.js';
import { placeInQueue, type PlaceInQueue } from './place-in-queue.js';

/** Where an application stands among all that wait, oldest first; it stays what it was once the application has left. */
export function usePlaceInQueue(applicationId: string): PlaceInQueue {
  useListening('applications');
  const { data } = useQuery(queueQuery({}));
  const now = (data?.items ?? []).map((application) => application.applicationId);
  const [remembered, setRemembered] = useState<string[]>([]);
  if (now.includes(applicationId) && now.join() !== remembered.join()) setRemembered(now);
  return placeInQueue(remembered, now, applicationId);
}
