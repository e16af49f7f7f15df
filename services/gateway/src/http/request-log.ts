import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { requestIdHeader } from '@tenure/contracts';
import { onBehalfOf, readRequestId } from '@tenure/platform/messaging';
import type { NextFunction, Request, Response } from 'express';

/**
 * Gives each request an id (the caller's own, if it sent a valid one), which is passed to every service that it asks
 * and returned in the answer. Logs one line per request, without headers and query strings, which may contain tokens
 * and names.
 */
export function logRequests(): (request: Request, response: Response, next: NextFunction) => void {
  const log = new Logger('Http');
  return (request, response, next) => {
    const started = performance.now();
    const requestId = readRequestId(request.header(requestIdHeader)) ?? randomUUID();
    response.setHeader(requestIdHeader, requestId);
    const path = loggedPath(request);
    response.once('close', () =>
      log.log({
        message: `${request.method} ${path} ${response.statusCode}`,
        requestId,
        milliseconds: Math.round(performance.now() - started),
        memberId: (response.locals['member'] as { memberId: string } | undefined)?.memberId,
        finished: response.writableFinished,
      }),
    );
    onBehalfOf(requestId, next);
  };
}

/** Hides the address of a calendar, which is a secret, even if it is encoded so that it matches no route. */
export function loggedPath({ path }: Request): string {
  const decoded = path.replaceAll(/%([\da-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  const hidden = decoded.replace(/\/calendar\/.*/is, '/calendar/…');
  return hidden === decoded ? path : hidden;
}
