import type { ErrorCode, Actor, MemberView } from '@tenure/contracts';
import { z } from 'zod';
import type { Action } from '../domain/rights.js';

/**
 * One call of the API. Its address, who may call it, the checks of its input and its entry in the OpenAPI document all
 * come from this definition.
 */
export interface Route<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
  K extends boolean = boolean,
  C extends z.ZodType = z.ZodType,
> {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Under `/api`, with parameters as OpenAPI writes them: `/accounts/{accountId}`. */
  path: `/${string}`;
  action: Action;
  summary: string;
  description?: string;
  params: P;
  query: Q;
  body: B;
  answer: A;
  /** The status of a successful answer, except 202. */
  status: 200 | 201;
  /** The answer's `Location` header has the address of what was created. */
  located?: boolean;
  /** An `Idempotency-Key` is required. */
  idempotent: K;
  /** The answer with status 202, if the call can have one. */
  accepted?: C;
  /** The media type of an answer that is streamed instead of JSON. */
  produces?: FileType;
  /** The call exists only in a sandbox. */
  sandboxOnly?: boolean;
  /** The errors of this call, besides those that every call can have. */
  errors: readonly ErrorCode[];
}

export type FileType = 'text/csv' | 'application/x-ndjson' | 'text/event-stream';

/** A handler's input: checked, with defaults filled in. */
export interface Input<P, Q, B, K extends boolean> {
  actor: Actor;
  member: MemberView;
  params: P;
  query: Q;
  body: B;
  idempotencyKey: K extends true ? string : undefined;
}
export type InputOf<R> =
  R extends Route<infer P, infer Q, infer B, z.ZodType, infer K, z.ZodType>
    ? Input<z.output<P>, z.output<Q>, z.output<B>, K>
    : never;
export type AnswerOf<R extends Route> = z.output<R['answer']>;
/** The 202 answer of a route that has one. */
export type AcceptedOf<R extends Route> = z.output<NonNullable<R['accepted']>>;

const nothing = z.strictObject({});
type Nothing = typeof nothing;

type Optional = 'params' | 'query' | 'body' | 'status' | 'idempotent' | 'errors';

/** Defines a route. Omitted schemas accept nothing, and without a body schema no body is read. */
export function route<
  A extends z.ZodType,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = Nothing,
  K extends boolean = false,
  C extends z.ZodType = z.ZodNever,
>(
  definition: Omit<Route<P, Q, B, A, K, C>, Optional> & Partial<Pick<Route<P, Q, B, A, K, C>, Optional>>,
): Route<P, Q, B, A, K, C> {
  return {
    params: nothing as z.ZodObject as P,
    query: nothing as z.ZodObject as Q,
    body: nothing as z.ZodType as B,
    idempotent: false as K,
    status: 200,
    errors: [],
    ...definition,
  };
}

/** Defines a call that is answered with a file or a stream. */
export function downloadRoute<P extends z.ZodObject = Nothing, Q extends z.ZodObject = Nothing>(
  definition: Pick<Route<P, Q>, 'method' | 'path' | 'action' | 'summary' | 'description'> & {
    produces: FileType;
    params?: P;
    query?: Q;
    errors?: readonly ErrorCode[];
  },
) {
  const { produces, ...rest } = definition;
  return { ...route({ answer: z.string(), ...rest }), produces };
}

/** Whether the route reads a request body. */
export function takesBody({ body }: Pick<Route, 'body'>): boolean {
  return body !== nothing;
}
