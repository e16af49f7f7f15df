import { createHash, randomBytes } from 'node:crypto';

/** As long as a key, so that it cannot be guessed. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** The stored form of a token. A token is random, so a plain digest is enough. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
