import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { readSessionId } from './session-id.js';

/** With this prefix a browser takes it only over TLS (or from its own machine), for this host alone and all of it. */
const name = '__Host-tenure';
/** Without an age: it is the session that ends, here. */
const attributes: CookieOptions = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' };

/** The id that the browser sent; undefined when there is none that could be one. */
export function sessionIdOf(request: Request): string | undefined {
  return readSessionId(parseCookie(request.header('cookie') ?? '')[name]);
}

export function setSessionCookie(response: Response, id: string): void {
  response.cookie(name, id, attributes);
}

export function clearSessionCookie(response: Response): void {
  response.clearCookie(name, attributes);
}
