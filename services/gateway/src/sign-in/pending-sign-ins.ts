import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { returnPath } from '../domain/return-path.js';
import { ownCookie } from '../sessions/own-cookie.js';
import type { Challenge } from './identity-provider.js';

/** One cookie for each sign-in in progress, so that several tabs can sign in at once. */
const cookieOf = (state: string, origin: string) => ownCookie(origin, `tenure-sign-in.${state}`);
const heldForMs = 10 * 60_000;
/**
 * Characters that the cookies may take: they fit into a request's headers beside everything else, and suffice for some
 * twenty sign-ins, as many tabs as a browser may restore at once.
 */
const maxCharacters = 6_000;

const begunSchema = z.object({ nonce: z.string(), verifier: z.string(), returnTo: z.string() });

/** A sign-in that this browser started: only this browser's callback can finish it. */
export interface PendingSignIn {
  challenge: Challenge;
  returnTo: string;
}

export function storePendingSignIn(
  request: Request,
  response: Response,
  { challenge, returnTo, origin }: PendingSignIn & { origin: string },
): void {
  const { state, nonce, verifier } = challenge;
  const { name, attributes } = cookieOf(state, origin);
  for (const older of oldestWithoutRoom(request, cookieOf('', origin).name)) response.clearCookie(older, attributes);
  const value = Buffer.from(JSON.stringify({ nonce, verifier, returnTo })).toString('base64url');
  response.cookie(name, value, { ...attributes, maxAge: heldForMs });
}

/** Takes the sign-in that this callback belongs to, at most once; undefined if this browser did not start it. */
export function takePendingSignIn(request: Request, response: Response, origin: string): PendingSignIn | undefined {
  const { state } = request.query;
  if (typeof state !== 'string' || !/^[\w-]{43}$/.test(state)) return undefined;
  const { name, attributes } = cookieOf(state, origin);
  const value = parseCookie(request.header('cookie') ?? '')[name];
  if (value === undefined) return undefined;
  response.clearCookie(name, attributes);
  const begun = begunSchema.safeParse(parsed(value));
  if (!begun.success) return undefined;
  const { nonce, verifier, returnTo } = begun.data;
  return { challenge: { state, nonce, verifier }, returnTo: returnPath(returnTo) };
}

/** The oldest ones, which no longer fit: a browser sends cookies in the order in which they were set. */
function oldestWithoutRoom(request: Request, prefix: string): string[] {
  const begun = Object.entries(parseCookie(request.header('cookie') ?? '')).filter(([name]) => name.startsWith(prefix));
  let left = maxCharacters;
  return begun
    .toReversed()
    .filter(([name, value = '']) => (left -= name.length + value.length) < 0)
    .map(([name]) => name);
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(Buffer.from(value, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
