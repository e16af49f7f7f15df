import { randomUUID } from 'node:crypto';
import { problemSchema, type Problem } from '@tenure/contracts';

/** What the API answered: what was asked for, or the problem for which it was refused. */
export interface Answer<T> {
  status: number;
  value: T | undefined;
  problem: Problem | undefined;
}

/** Reads an answer; the contracts' schemas do. */
export interface Shape<T> {
  parse(body: unknown): T;
}

interface Sent<T> {
  shape: Shape<T>;
  body?: unknown;
  /** Of a POST that creates; absent: a new one. */
  key?: string;
}

/** Somebody signed in at the API, by the bearer token that they were given; nobody, without one. */
export class Person {
  constructor(
    private readonly api: string,
    readonly signIn: string,
    private readonly token: string | undefined,
  ) {}

  get<T>(path: string, shape: Shape<T>): Promise<Answer<T>> {
    return this.#ask('GET', path, { shape });
  }

  post<T>(path: string, sent: Sent<T>): Promise<Answer<T>> {
    return this.#ask('POST', path, sent);
  }

  put<T>(path: string, sent: Sent<T>): Promise<Answer<T>> {
    return this.#ask('PUT', path, sent);
  }

  async #ask<T>(method: string, path: string, { shape, body, key }: Sent<T>): Promise<Answer<T>> {
    const answer = await fetch(`${this.api}${path}`, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(method !== 'GET' && { 'content-type': 'application/json', 'idempotency-key': key ?? randomUUID() }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(90_000),
    });
    const { status } = answer;
    const read: unknown = await answer.json().catch(() => undefined);
    if (status >= 400) return { status, value: undefined, problem: asProblem(read, status) };
    return { status, value: shape.parse(read), problem: undefined };
  }
}

/** What was asked for. @throws with the problem, when it was refused */
export function given<T>({ value, status, problem }: Answer<T>): T {
  if (value !== undefined) return value;
  throw new Error(`It was refused with ${status}: ${JSON.stringify(problem)}`);
}

function asProblem(read: unknown, status: number): Problem {
  const parsed = problemSchema.safeParse(read);
  return parsed.data ?? { type: '', title: `Not a problem object: ${JSON.stringify(read)}`, status, code: '' };
}
