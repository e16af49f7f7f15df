import type { Problem } from '@tenure/contracts';
import { writeAddress } from '../app/address.js';
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
  return answerOf<A>(await ask(path + writeAddress(query), { signal }));
}

/** @throws Refusal, NoAnswer */
export function post<A>(path: string, body: unknown, options?: SendOptions): Promise<A> {
  return send('POST', path, body, options);
}

/** Replaces what is stored. @throws Refusal, NoAnswer */
export function put<A>(path: string, body: unknown, options?: SendOptions): Promise<A> {
  return send('PUT', path, body, options);
}

/** @throws Refusal, NoAnswer */
export function remove<A>(path: string, options?: SendOptions): Promise<A> {
  return send('DELETE', path, undefined, options);
}

export interface SendOptions {
  /** The `Idempotency-Key`: the same for the same content, however often it is sent. */
  key?: string;
  signal?: AbortSignal;
  /** How long to wait for an answer. */
  timeoutMs?: number;
}

/** If another tab has signed in again, the cookie belongs to its session: it is sent once more, with its token. */
async function send<A>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: unknown,
  { key, signal, timeoutMs }: SendOptions = {},
): Promise<A> {
  const once = async () => {
    const headers = {
      'x-csrf-token': csrfToken,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(key && { 'idempotency-key': key }),
    };
    const init = { method, headers, body: JSON.stringify(body), signal };
    return answerOf<A>(await ask(path, init, timeoutMs));
  };
  try {
    return await once();
  } catch (error) {
    if (!isRefusal(error, 'csrf_rejected')) throw error;
    await followSignIn?.();
    return once();
  }
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
