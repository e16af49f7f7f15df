import { Injectable } from '@nestjs/common';
import { Health } from '@tenure/platform/messaging';
import type { NextFunction, Request, Response } from 'express';

/** By the first digit of the status; too many requests are not what others have done wrong. */
const classes = ['2xx', '3xx', '4xx', '429', '5xx'] as const;

/** Counts the answers of the gateway, for the dashboards. */
@Injectable()
export class HttpAnswers {
  readonly #counts = new Map<string, number>(classes.map((status) => [status, 0]));

  constructor(health: Health) {
    health.measure({
      name: 'tenure_http_answers_total',
      help: 'Requests that the gateway has answered, by status.',
      type: 'counter',
      read: () => [...this.#counts].map(([status, value]) => ({ labels: { status }, value })),
    });
  }

  /** What is cut off has no answer. */
  count(response: Response): void {
    response.once('finish', () => {
      const status = classOf(response.statusCode);
      this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
    });
  }
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
