import { useQuery } from '@tanstack/react-query';
import type { ApplicationView } from '@tenure/contracts';
import { useEffect, useRef } from 'react';
import { applicationQuery } from '../api/queries.js';
import { announce } from '../app/announce.js';
import { useWords } from '../words/use-words.js';

/** Setting up takes moments: the application is polled until it has ended, with or without live updates. */
const whileBeingSetUpMs = 1_000;

/** Keeps an application up to date while it is being set up, and announces each new state. */
export function useLiveApplication({ applicationId, status, decision }: ApplicationView): void {
  const { t } = useWords();
  const isMoving = status === 'approved' || (status === 'pending' && decision?.outcome === 'recorded');
  useQuery({ ...applicationQuery(applicationId), refetchInterval: isMoving && whileBeingSetUpMs });
  const announced = useRef(status);
  useEffect(() => {
    if (announced.current === status) return;
    announced.current = status;
    announce(t(`applicationStatus.${status}`));
  }, [status, t]);
}
