import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { Refusal } from './problem.js';
import { sessionQuery } from './queries.js';
import { signIn } from './session.js';

/** What changed, as `GET /api/live` tells it: ids only, to ask for anew. */
export interface Change {
  kind: 'account' | 'application' | 'member' | 'organization' | 'delivery' | 'policy' | 'email_domain';
  id: string;
  accountId: string | null;
  applicationId: string | null;
  /** The event's name, such as `licensing.use.changed`. */
  what: string;
}

export type LiveState = 'connecting' | 'live' | 'paused';

/**
 * What licensing tells, the lists show from what accounts has heard of it, a moment later: it is asked for at once and
 * again after these, in case it was asked for too early.
 */
const againAfterMs = [1_000, 5_000] as const;
/** What thousands of e-mails that go out together change is asked for no more often than this. */
const restMs = 1_000;
/** So long may a break last before one is told. */
const patienceMs = 10_000;
const refreshMs = 30_000;
const reconnectMs = 3_000;

let state: LiveState = 'connecting';
const watchers = new Set<() => void>();
const listeners = new Set<(change: Change) => void>();

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
export function onChange(listen: (change: Change) => void): () => void {
  listeners.add(listen);
  return () => void listeners.delete(listen);
}

/** So many times as long as it said that nothing would be heard at the most, nothing was: nobody is there any more. */
const silences = 3;

/**
 * Follows what others do, for as long as the page is seen. What changed is asked for anew; whenever it begins to listen,
 * everything is that was asked before, after a break also whose session this is. While it is cut off, everything is asked
 * for every 30 seconds. A page in a tab behind others does not follow: over HTTP/1.1 a browser opens six connections to one
 * host, and six tabs would leave none to ask anything with.
 */
export function followLive(queries: QueryClient): void {
  let source: EventSource | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let broken = false;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let refresh: ReturnType<typeof setInterval> | undefined;
  const everything = () => void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });

  /** By account, until it has been asked for again: what was told last is, however often it was told. */
  const later = new Map<string, ReturnType<typeof setTimeout>[]>();
  const askInTurn = inTurn((queryKey) => void queries.invalidateQueries({ queryKey }));
  const tell = (change: Change) => {
    apply(queries, change, askInTurn);
    const { accountId, what } = change;
    if (accountId === null || !what.startsWith('licensing.')) return;
    for (const timer of later.get(accountId) ?? []) clearTimeout(timer);
    const askAgain = () => apply(queries, change, askInTurn);
    const askForTheLastTime = () => {
      later.delete(accountId);
      askAgain();
    };
    const [soon, last] = againAfterMs;
    later.set(accountId, [setTimeout(askAgain, soon), setTimeout(askForTheLastTime, last)]);
  };

  const brokenOff = () => {
    if (broken) return;
    broken = true;
    pause = setTimeout(() => {
      become('paused');
      refresh = setInterval(everything, refreshMs);
    }, patienceMs);
  };
  const connected = () => {
    clearTimeout(pause);
    clearInterval(refresh);
    everything();
    if (broken) void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    broken = false;
    become('live');
  };
  const leave = () => {
    clearTimeout(silence);
    source?.close();
    source = undefined;
  };
  const connect = () => {
    if (document.hidden || source !== undefined) return;
    const stream = new EventSource('/api/live');
    source = stream;
    // Neither a machine that slept nor a network that dropped the way there says that the stream has ended.
    stream.addEventListener('here', ({ data }) => {
      const { againWithinSeconds } = JSON.parse(data as string) as { againWithinSeconds: number };
      clearTimeout(silence);
      silence = setTimeout(anew, silences * againWithinSeconds * 1_000);
    });
    stream.addEventListener('open', connected);
    stream.addEventListener('resync', everything);
    stream.addEventListener('changed', ({ data }) => tell(JSON.parse(data as string) as Change));
    stream.addEventListener('error', () => {
      clearTimeout(silence);
      brokenOff();
      // The browser tries again by itself, but not after an answer that is no stream: the session may be over.
      if (stream.readyState !== EventSource.CLOSED) return;
      source = undefined;
      setTimeout(() => void again(), reconnectMs);
    });
  };
  const anew = () => {
    leave();
    brokenOff();
    connect();
  };
  const again = async () => {
    await queries.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch((error: unknown) => {
      if (error instanceof Refusal && error.problem.status === 401) signIn();
    });
    connect();
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) leave();
    else if (source === undefined) anew();
  });
  connect();
}

/** What else shows a change, by its kind; a reminder that is sent has an address of its own for calendars. */
const shownOf: Partial<Record<Change['kind'], QueryKey[]>> = {
  // What an organization has on record is asked for with it.
  policy: [['policy'], ['organization']],
  email_domain: [['catalog', 'domains'], ['organization']],
  delivery: [['deliveries'], ['marked-addresses'], ['calendars']],
  member: [['session'], ['notice-wishes'], ['organization']],
  organization: [['session'], ['calendars'], ['fallback-address'], ['organization'], ['organizations'], ['deliveries']],
};

/** Asks anew at once, and for all that comes while it rests once more afterwards. */
function inTurn(ask: (queryKey: QueryKey) => void): (queryKey: QueryKey) => void {
  const resting = new Map<string, { isAskedAgain: boolean }>();
  return function askFor(queryKey) {
    const name = queryKey.join();
    const rest = resting.get(name);
    if (rest) {
      rest.isAskedAgain = true;
      return;
    }
    ask(queryKey);
    const begun = { isAskedAgain: false };
    resting.set(name, begun);
    setTimeout(() => {
      resting.delete(name);
      if (begun.isAskedAgain) askFor(queryKey);
    }, restMs);
  };
}

/**
 * Lists that are shown hear of a change and decide by themselves: their rows do not move (`useSteadyRows`). The others are
 * asked for anew when one comes back to them, however soon.
 */
function apply(queries: QueryClient, change: Change, askInTurn: (queryKey: QueryKey) => void): void {
  const { accountId, applicationId, kind } = change;
  if (kind === 'account' || kind === 'application')
    for (const list of ['accounts', 'applications'])
      void queries.invalidateQueries({ queryKey: [list], type: 'inactive', refetchType: 'none' });
  if (accountId) void queries.invalidateQueries({ queryKey: ['account', accountId] });
  if (applicationId) void queries.invalidateQueries({ queryKey: ['application', applicationId] });
  for (const queryKey of shownOf[kind] ?? []) askInTurn(queryKey);
  // Accounts' pages say who is told of them, and how.
  if (kind === 'member') void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[2] === 'recipients' });
  for (const listen of listeners) listen(change);
}
