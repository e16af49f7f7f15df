import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const bytes = 32;

/** The secret in the browser's cookie, stored nowhere else. */
export function newSessionId(): string {
  return randomBytes(bytes).toString('base64url');
}

/** The id that a browser sent; undefined if it is malformed. */
export function readSessionId(sent: string | undefined): string | undefined {
  return sent !== undefined && /^[\w-]{43}$/.test(sent) ? sent : undefined;
}

/**
 * Where the session is stored, and the key that encrypts it there (32 bytes): reading the store reveals nothing. Both
 * also need a secret that only gateways have: other processes could have JetStream store something (docs/decisions/0048),
 * but not a session.
 */
export function storageOf(id: string, secret: string): { key: string; sealingKey: Buffer } {
  const own = createHmac('sha256', secret).update(id).digest();
  const key = createHash('sha256').update(own).digest('hex');
  return { key, sealingKey: Buffer.from(hkdfSync('sha256', own, '', 'tenure session', bytes)) };
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
