import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { LiveChange } from '@tenure/contracts';
import { useSyncExternalStore } from 'react';
import { isShown } from './is-shown.js';
import { Refusal } from './problem.js';
import { sessionQuery } from './queries.js';
import { signIn } from './session.js';
import { throttled } from './throttled.js';

export type LiveState = 'connecting' | 'live' | 'paused';

/**
 * Lists show licensing's changes only once accounts has received its events, a moment later. The page therefore
 * refetches immediately, and again after these delays.
 */
const refetchAfterMs = [1_000, 5_000] as const;
/** Devices may change the use of accounts all the time, while what people do is shown within a second. */
const longestRestForUseMs = 4_000;
/** How long a break may last before the page reports it. */
const reportBreakAfterMs = 10_000;
const refreshMs = 30_000;
const reconnectMs = 3_000;

let state: LiveState = 'connecting';
const watchers = new Set<() => void>();
const listeners = new Set<(change: LiveChange) => void>();

function become(next: LiveState): void {
  state = next;
  for (const watch of watchers) watch();
}

export const liveState = (): LiveState => state;

export function useLiveState(): LiveState {
  return useSyncExternalStore((watch) => {
    watchers.add(watch);
    return () => watchers.delete(watch);
  }, liveState);
}

/** @returns a function that stops listening */
export function onChange(listen: (change: LiveChange) => void): () => void {
  listeners.add(listen);
  return () => void listeners.delete(listen);
}

/** The stream is taken for dead after this many of the intervals within which the server promised to send something. */
const silences = 3;

/**
 * Follows live updates while the page is visible. Each change refetches what it affects; each new connection refetches
 * everything fetched before, and after a break also the session. While updates are paused, the page refetches everything
 * every 30 seconds. A page in a hidden tab does not follow: over HTTP/1.1 a browser opens six connections to one host,
 * and six tabs would leave none for requests.
 */
export function followLive(queries: QueryClient): void {
  let source: EventSource | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let broken = false;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let refresh: ReturnType<typeof setInterval> | undefined;
  const refetchEverything = () =>
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });

  /** Pending refetches by account, until the last one has run. A new change of the account restarts them. */
  const later = new Map<string, ReturnType<typeof setTimeout>[]>();
  const refetchOne = (queryKey: QueryKey) => void queries.invalidateQueries({ queryKey, exact: true });
  const inTurn: InTurn = {
    all: throttled((queryKey) => void queries.invalidateQueries({ queryKey })),
    list: throttled(refetchOne),
    listForUse: throttled(refetchOne, longestRestForUseMs),
  };
  const handle = (change: LiveChange) => {
    apply(queries, change, inTurn);
    const { accountId, what } = change;
    if (accountId === null || !what.startsWith('licensing.')) return;
    for (const timer of later.get(accountId) ?? []) clearTimeout(timer);
    const refetch = () => apply(queries, change, inTurn);
    const refetchLast = () => {
      later.delete(accountId);
      refetch();
    };
    const [soon, last] = refetchAfterMs;
    later.set(accountId, [setTimeout(refetch, soon), setTimeout(refetchLast, last)]);
  };

  /** Reports that there is no stream, and refetches everything, once that has lasted a while. */
  const awaitStream = () => {
    pause ??= setTimeout(() => {
      become('paused');
      refresh = setInterval(refetchEverything, refreshMs);
    }, reportBreakAfterMs);
  };
  const stopWaiting = () => {
    clearTimeout(pause);
    clearInterval(refresh);
    pause = undefined;
  };
  const disconnected = () => {
    broken = true;
    awaitStream();
  };
  const connected = () => {
    stopWaiting();
    refetchEverything();
    if (broken) void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    broken = false;
    become('live');
  };
  const close = () => {
    clearTimeout(silence);
    stopWaiting();
    source?.close();
    source = undefined;
  };
  const connect = () => {
    if (document.hidden || source !== undefined) return;
    const stream = new EventSource('/api/live');
    source = stream;
    // A proxy may hold an answer back until it ends, which this one does not.
    awaitStream();
    // When a machine slept, or the network dropped the connection, the stream reports no end.
    stream.addEventListener('here', ({ data }) => {
      const { againWithinSeconds } = JSON.parse(data as string) as { againWithinSeconds: number };
      clearTimeout(silence);
      silence = setTimeout(reconnect, silences * againWithinSeconds * 1_000);
    });
    stream.addEventListener('open', connected);
    stream.addEventListener('resync', refetchEverything);
    stream.addEventListener('changed', ({ data }) => handle(JSON.parse(data as string) as LiveChange));
    stream.addEventListener('error', () => {
      clearTimeout(silence);
      disconnected();
      // The browser reconnects automatically, but not after an answer that is no stream: the session may have ended.
      if (stream.readyState !== EventSource.CLOSED) return;
      source = undefined;
      setTimeout(() => void checkSessionAndReconnect(), reconnectMs);
    });
  };
  const reconnect = () => {
    close();
    disconnected();
    connect();
  };
  const checkSessionAndReconnect = async () => {
    try {
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    } catch (error) {
      // After a sign-out in another window this page stays open, and would ask again every few seconds.
      if (error instanceof Refusal && error.problem.status === 401) return signIn();
    }
    connect();
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) close();
    else if (source === undefined) reconnect();
  });
  connect();
}

/** What else shows a change, by its kind. A sent reminder has its own calendar address. */
const shownOf: Partial<Record<LiveChange['kind'], QueryKey[]>> = {
  // Under the organization's key is its audit trail as well.
  policy: [['policy'], ['organization']],
  email_domain: [['catalog', 'domains'], ['organization']],
  delivery: [['deliveries'], ['marked-addresses'], ['calendars']],
  member: [['session'], ['notice-wishes'], ['organization']],
  organization: [['session'], ['calendars'], ['fallback-address'], ['organization'], ['organizations'], ['deliveries']],
};

/** Refetches at intervals, however often it is called: all under a key, or one list. */
interface InTurn {
  all: (queryKey: QueryKey) => void;
  list: (queryKey: QueryKey) => void;
  listForUse: (queryKey: QueryKey) => void;
}

/**
 * Each list that is shown anywhere on the page is refetched if it may show the change; its rows do not move
 * (`useSteadyRows`). The others are refetched when the reader returns to them, however soon.
 */
function apply(queries: QueryClient, change: LiveChange, inTurn: InTurn): void {
  const { accountId, applicationId, kind, what } = change;
  const isUse = what === 'licensing.use.changed';
  if (kind === 'account' || kind === 'application')
    for (const list of ['accounts', 'applications', 'organizations']) {
      void queries.invalidateQueries({ queryKey: [list], type: 'inactive', refetchType: 'none' });
      for (const query of queries.getQueryCache().findAll({ queryKey: [list], type: 'active' }))
        if (isShown(query, change)) (isUse ? inTurn.listForUse : inTurn.list)(query.queryKey);
    }
  // One notice goes to everybody in the organization who wants it, there are several reports on each e-mail, and an
  // account may have many devices.
  const refetch =
    kind === 'delivery' || isUse ? inTurn.all : (queryKey: QueryKey) => void queries.invalidateQueries({ queryKey });
  if (accountId) refetch(['account', accountId]);
  if (applicationId) refetch(['application', applicationId]);
  for (const queryKey of shownOf[kind] ?? []) inTurn.all(queryKey);
  // Account pages list their recipients.
  if (kind === 'member') void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[2] === 'recipients' });
  for (const listen of listeners) listen(change);
}
