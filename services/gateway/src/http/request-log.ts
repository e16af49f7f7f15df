import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

/**
 * Gives each request an id (the caller's own, if it sent a sensible one), answers with it, and writes one line per
 * request: neither headers nor query strings, which may hold tokens and names.
 */
export function logRequests(): (request: Request, response: Response, next: NextFunction) => void {
  const log = new Logger('Http');
  return (request, response, next) => {
    const started = performance.now();
    const sent = request.header('x-request-id');
    const requestId = sent !== undefined && /^[\w.-]{1,64}$/.test(sent) ? sent : randomUUID();
    response.locals['requestId'] = requestId;
    response.setHeader('X-Request-Id', requestId);
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
    next();
  };
}

/** The address of a calendar is a secret, also where it is written so that it leads nowhere. */
export function loggedPath({ path }: Request): string {
  const decoded = path.replaceAll(/%([\da-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  const hidden = decoded.replace(/\/calendar\/.*/is, '/calendar/…');
  return hidden === decoded ? path : hidden;
}

export function requestIdOf(response: Response): string {
  return String(response.locals['requestId'] ?? '');
}
