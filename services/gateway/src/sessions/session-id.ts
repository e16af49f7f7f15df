import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const bytes = 32;

/** The secret in the browser's cookie, stored nowhere else. The keys below are derived from it. */
export function newSessionId(): string {
  return randomBytes(bytes).toString('base64url');
}

/** The id that a browser sent; undefined if it is malformed. */
export function readSessionId(sent: string | undefined): string | undefined {
  return sent !== undefined && /^[\w-]{43}$/.test(sent) ? sent : undefined;
}

/** The key under which the session is stored. The id cannot be derived from it. */
export function storageKeyOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

/** The key that encrypts the stored session (32 bytes): reading the store reveals nothing. */
export function sealingKeyOf(id: string): Buffer {
  return Buffer.from(hkdfSync('sha256', id, '', 'tenure session', bytes));
}

/**
 * What a page sends with each change to prove that it is ours: another site can make a browser send the cookie, but
 * cannot read this.
 */
export function csrfTokenOf(id: string): string {
  return createHmac('sha256', id).update('tenure csrf').digest('base64url');
}

/** Compares in constant time. */
export function isCsrfTokenOf(id: string, sent: string | undefined): boolean {
  const [right, other] = [csrfTokenOf(id), sent ?? ''].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(right!, other!);
}
