import { createHash, randomBytes } from 'node:crypto';

/** As long as a key: nobody guesses one. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. It is random itself: a plain digest is enough. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
