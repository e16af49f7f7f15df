import type { Problem } from '@tenure/contracts';
import { signIn } from './session.js';
import { NoAnswer, Refusal } from './problem.js';

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The session's CSRF token, once the session is known. */
let csrfToken = '';
export function sendWith(token: string): void {
  csrfToken = token;
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
  const headers = {
    'content-type': 'application/json',
    'x-csrf-token': csrfToken,
    ...(key && { 'idempotency-key': key }),
  };
  const init = { method, headers, body: JSON.stringify(body), signal };
  return answerOf<A>(await ask(path, init, timeoutMs));
}

/** @throws Refusal, NoAnswer */
export async function remove<A>(path: string, { signal, timeoutMs }: PostOptions = {}): Promise<A> {
  const init = { method: 'DELETE', headers: { 'x-csrf-token': csrfToken }, signal };
  return answerOf<A>(await ask(path, init, timeoutMs));
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
