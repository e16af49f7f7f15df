import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { ownCookie } from './own-cookie.js';
import { readSessionId } from './session-id.js';

/** Without an expiry: the session expires on the server. */
export const sessionCookie = (origin: string) => ownCookie(origin, 'tenure');

/** The session id that the browser sent; undefined if there is none or it is malformed. */
export function sessionIdOf(request: Request, origin: string): string | undefined {
  return readSessionId(parseCookie(request.header('cookie') ?? '')[sessionCookie(origin).name]);
}

export function setSessionCookie(response: Response, id: string, origin: string): void {
  const { name, attributes } = sessionCookie(origin);
  response.cookie(name, id, attributes);
}

export function clearSessionCookie(response: Response, origin: string): void {
  const { name, attributes } = sessionCookie(origin);
  response.clearCookie(name, attributes);
}
