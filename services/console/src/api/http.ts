import type { Problem } from '@tenure/contracts';
import { signIn } from './session.js';
import { isRefusal, NoAnswer, Refusal } from './problem.js';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The session's CSRF token, once the session is known. */
let csrfToken = '';
let followSignIn: (() => Promise<void>) | undefined;
export function sendWith(token: string): void {
  csrfToken = token;
}

/** @param follow calls `sendWith` with the token of the current session, unless it is somebody else's */
export function whenSignedInElsewhere(follow: () => Promise<void>): void {
  followSignIn = follow;
}

const defaultTimeoutMs = 15_000;

/** @throws Refusal, NoAnswer */
export async function get<A>(path: string, query: Query = {}, signal?: AbortSignal): Promise<A> {
  return answerOf<A>(await ask(path + search(query), { signal }));
}

/**
 * @param key the `Idempotency-Key`: the same for the same content, however often it is sent. @throws Refusal, NoAnswer
 */
export function post<A>(path: string, body: unknown, options: PostOptions = {}): Promise<A> {
  return send('POST', path, body, options);
}

/** Replaces what is stored. @throws Refusal, NoAnswer */
export function put<A>(path: string, body: unknown, options: PostOptions = {}): Promise<A> {
  return send('PUT', path, body, options);
}

async function send<A>(
  method: 'POST' | 'PUT',
  path: string,
  body: unknown,
  { key, signal, timeoutMs }: PostOptions,
): Promise<A> {
  const headers = { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) };
  return change<A>(path, { method, headers, body: JSON.stringify(body), signal }, timeoutMs);
}

/** @throws Refusal, NoAnswer */
export function remove<A>(path: string, { signal, timeoutMs }: PostOptions = {}): Promise<A> {
  return change<A>(path, { method: 'DELETE', signal }, timeoutMs);
}

/** If another tab has signed in again, the cookie belongs to its session: the change is sent once more, with its token. */
async function change<A>(
  path: string,
  init: RequestInit & { headers?: Record<string, string> },
  timeoutMs: number | undefined,
): Promise<A> {
  const send = async () => {
    const headers = { ...init.headers, 'x-csrf-token': csrfToken };
    return answerOf<A>(await ask(path, { ...init, headers }, timeoutMs));
  };
  try {
    return await send();
  } catch (error) {
    if (!isRefusal(error, 'csrf_rejected')) throw error;
    await followSignIn?.();
    return send();
  }
}

export interface PostOptions {
  key?: string;
  signal?: AbortSignal;
  /** How long to wait for an answer. */
  timeoutMs?: number;
}

/** `?a=1&b=2`, from the entries that have a value. */
export function search(query: Query): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)]))}`;
}

async function ask(path: string, init: RequestInit, timeoutMs = defaultTimeoutMs): Promise<Response> {
  const late = AbortSignal.timeout(timeoutMs);
  const signal = init.signal ? AbortSignal.any([init.signal, late]) : late;
  try {
    return await fetch(path, { ...init, signal });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new NoAnswer(error);
  }
}

async function answerOf<A>(response: Response): Promise<A> {
  const body: unknown = await response.json().catch((error: unknown) => {
    throw new NoAnswer(error);
  });
  if (response.ok) return body as A;
  if (!isProblem(body)) throw new NoAnswer(`Status ${response.status} without a problem`);
  if (response.status === 401 && !response.url.endsWith('/auth/session')) signIn();
  throw new Refusal(body, response.headers.get('x-request-id'));
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body;
}
