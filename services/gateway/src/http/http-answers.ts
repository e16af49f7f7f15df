import { Durations, type Health } from '@tenure/platform/messaging';
import type { NextFunction, Request, Response } from 'express';
import type { Route } from '../routes/route.js';

/** By the first digit of the status; too many requests are not what others have done wrong. */
const classes = ['2xx', '3xx', '4xx', '429', '5xx'] as const;

/** Counts the answers of the gateway, and how long the calls of the API took, for the dashboards. */
export class HttpAnswers {
  readonly #counts = new Map<string, number>(classes.map((status) => [status, 0]));
  readonly #durations = new Durations('call');

  constructor(health: Health, routes: readonly Route[]) {
    for (const route of routes.filter(isAnsweredAtOnce)) this.#durations.add(callOf(route));
    health.measure(
      {
        name: 'tenure_http_answers_total',
        help: 'Requests that the gateway has answered, by status.',
        type: 'counter',
        read: () => [...this.#counts].map(([status, value]) => ({ labels: { status }, value })),
      },
      this.#durations.metric('tenure_http_seconds', 'How long it took to answer a call of the API.'),
    );
  }

  /** What is cut off has no answer. */
  count(response: Response): void {
    const began = performance.now();
    response.once('finish', () => {
      const status = classOf(response.statusCode);
      this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
      const route = response.locals['route'] as Route | undefined;
      if (route && isAnsweredAtOnce(route)) this.#durations.count(callOf(route), (performance.now() - began) / 1_000);
    });
  }
}

/** A file or a stream takes as long as it is; a move of a clock waits for what becomes due. */
function isAnsweredAtOnce({ produces, sandboxOnly }: Route): boolean {
  return produces === undefined && sandboxOnly !== true;
}

function callOf({ method, path }: Route): string {
  return `${method.toUpperCase()} ${path}`;
}

function classOf(status: number): string {
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}

export function countAnswers(answers: HttpAnswers) {
  return (_: Request, response: Response, next: NextFunction): void => {
    answers.count(response);
    next();
  };
}
