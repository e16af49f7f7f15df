import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { CouldNotLoad } from './list-states.js';
import { Waiting } from './waiting.js';

interface LoadedPartProps<A> {
  query: UseQueryResult<A>;
  /** Of the room that is kept while it is loading, in pixels. */
  height: number;
  children: (answer: A) => ReactNode;
}

/** A part of a page in each of its states: loading, failed, or with its answer, which stays if it cannot be refetched. */
export function LoadedPart<A>({ query: { data, error, refetch }, height, children }: LoadedPartProps<A>) {
  if (data !== undefined) return <>{children(data)}</>;
  return error ? <CouldNotLoad error={error} onTryAgain={() => void refetch()} /> : <Waiting height={height} />;
}
