import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const bytes = 32;

/** What the browser holds in its cookie, and nobody else. All that belongs to the session is found and read with it. */
export function newSessionId(): string {
  return randomBytes(bytes).toString('base64url');
}

/** The same for what a browser sent; undefined when it is no id. */
export function readSessionId(sent: string | undefined): string | undefined {
  return sent !== undefined && /^[\w-]{43}$/.test(sent) ? sent : undefined;
}

/** Under which the session is stored: nobody can find the id from it. */
export function storageKeyOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

/** With which the session is encrypted where it is stored (32 bytes): whoever reads the store reads nothing. */
export function sealingKeyOf(id: string): Buffer {
  return Buffer.from(hkdfSync('sha256', id, '', 'tenure session', bytes));
}

/** What a page sends with each change, to show that it is ours: another site can make a browser send the cookie, but not read this. */
export function csrfTokenOf(id: string): string {
  return createHmac('sha256', id).update('tenure csrf').digest('base64url');
}

/** In constant time. */
export function isCsrfTokenOf(id: string, sent: string | undefined): boolean {
  const [right, other] = [csrfTokenOf(id), sent ?? ''].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(right!, other!);
}
