import { randomUUID } from 'node:crypto';
import { problemSchema, type Problem } from '@tenure/contracts';
import type { Stack } from '../supervisor/find-stack.js';

/** The API's answer: the value, or the problem if it was refused. */
export interface Answer<T> {
  status: number;
  value: T | undefined;
  problem: Problem | undefined;
}

/** Parses an answer, as the contracts' schemas do. */
interface Shape<T> {
  parse(body: unknown): T;
}

interface Sent<T> {
  shape: Shape<T>;
  body?: unknown;
  /** The idempotency key of a POST; a new one by default. */
  key?: string;
}

/** A person who calls the API with a bearer token, or anonymously without one. */
export class Person {
  constructor(
    private readonly api: string,
    readonly signIn: string,
    private readonly token: string | undefined,
  ) {}

  /** A person of this stack, with an access token. @throws if nobody has this sign-in */
  static async of({ api, token }: Pick<Stack, 'api' | 'token'>, signIn: string): Promise<Person> {
    return new Person(api, signIn, await token(signIn));
  }

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

/** The value of the answer. @throws with the problem if it was refused */
export function given<T>({ value, status, problem }: Answer<T>): T {
  if (value !== undefined) return value;
  throw new Error(`Refused with ${status}: ${JSON.stringify(problem)}`);
}

function asProblem(read: unknown, status: number): Problem {
  const parsed = problemSchema.safeParse(read);
  return parsed.data ?? { type: '', title: `Not a problem object: ${JSON.stringify(read)}`, status, code: '' };
}
