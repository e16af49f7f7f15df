import {
  Catch,
  HttpException,
  Logger,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { problem, type ErrorCode, type Problem } from '@tenure/contracts';
import { toProblem } from '@tenure/platform/messaging';
import type { Request, Response } from 'express';
import type { AllowedMethods } from '../routes/allowed-methods.js';
import { loggedPath } from './request-log.js';

/**
 * Sends every refusal as an RFC 9457 problem. Internal errors are logged, and the answer says nothing about their
 * cause.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log = new Logger('Http');

  constructor(private readonly methods: AllowedMethods) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    // Nest finds no route: either there is no such address, or it has other methods.
    const allowed = error instanceof NotFoundException ? this.methods.at(request.path) : [];
    const refusal =
      allowed.length > 0
        ? problem('method_not_allowed')
        : outside(error instanceof HttpException ? fromNest(error) : toProblem(error));
    if (refusal.status >= 500)
      this.#log.error({
        message: `${request.method} ${loggedPath(request)}: ${refusal.code}`,
        stack: error instanceof Error ? error.stack : String(error),
        ...(error instanceof Error && error.cause !== undefined && { cause: String(error.cause) }),
      });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (allowed.length > 0) response.setHeader('Allow', allowed.join(', '));
    if (refusal.status === 401) response.setHeader('WWW-Authenticate', challenge(refusal));
    if ([429, 503].includes(refusal.status) && !response.hasHeader('Retry-After'))
      response.setHeader('Retry-After', '2');
    response.status(refusal.status).type('application/problem+json').send(JSON.stringify(refusal));
  }
}

/**
 * The problem as clients see it: field paths as they were sent, without the wrappers of the messages between services.
 */
function outside(refusal: Problem): Problem {
  if (refusal.status >= 500) return { ...refusal, detail: undefined, errors: undefined, figures: undefined };
  const errors = refusal.errors?.map((error) => ({
    ...error,
    path: error.path.replace(/^(application|policy)\./, ''),
  }));
  return errors === undefined ? refusal : { ...refusal, errors };
}

const codes: Readonly<Record<number, ErrorCode>> = {
  400: 'malformed',
  404: 'not_found',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
};

/** Refusals by Nest and Express themselves, such as an unknown address or one that cannot be decoded. */
function fromNest(error: HttpException): Problem {
  return problem(codes[error.getStatus()] ?? 'internal');
}

/** RFC 6750: the challenge to a request without a token has no error code. */
function challenge({ code, title }: Problem): string {
  return code === 'unauthenticated' || code === 'session_expired'
    ? 'Bearer realm="tenure"'
    : `Bearer realm="tenure", error="invalid_token", error_description="${title}"`;
}
