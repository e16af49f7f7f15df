import type { Counter, Health, Histogram } from '@tenure/platform/messaging';
import type { RequestHandler } from 'express';
import type { Route } from '../routes/route.js';

/** By the first digit of the status. 429 is counted apart from the errors of clients. */
const classes = ['2xx', '3xx', '4xx', '429', '5xx'] as const;

/** Counts the gateway's answers and measures the API's response times, for the dashboards. */
export class HttpAnswers {
  readonly #answers: Counter<'status'>;
  readonly #durations: Histogram<'call'>;

  constructor({ metrics }: Health, routes: readonly Route[]) {
    this.#answers = metrics.counter(
      'tenure_http_answers_total',
      'Requests that the gateway has answered, by status.',
      'status',
      classes,
    );
    this.#durations = metrics.durations('tenure_http_seconds', 'How long it took to answer a call of the API.', 'call');
    for (const route of routes.filter(isAnsweredAtOnce)) this.#durations.zero({ call: callOf(route) });
  }

  /** Middleware. Requests that are cut off have no answer and are not counted. */
  readonly count: RequestHandler = (_, response, next) => {
    const began = performance.now();
    response.once('finish', () => {
      this.#answers.inc({ status: classOf(response.statusCode) });
      const route = response.locals['route'] as Route | undefined;
      if (route && isAnsweredAtOnce(route))
        this.#durations.observe({ call: callOf(route) }, (performance.now() - began) / 1_000);
    });
    next();
  };
}

/** Not files and streams, which take as long as their content, nor moves of a clock, which wait for what becomes due. */
function isAnsweredAtOnce({ produces, sandboxOnly }: Route): boolean {
  return produces === undefined && sandboxOnly !== true;
}

function callOf({ method, path }: Route): string {
  return `${method.toUpperCase()} ${path}`;
}

function classOf(status: number): string {
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}
