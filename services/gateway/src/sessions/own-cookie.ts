import type { CookieOptions } from 'express';

/**
 * A cookie of this host alone and all of it, which no script reads. With the prefix a browser takes it only over TLS. On one's
 * own machine there is no TLS, and Safari takes no `Secure` cookie without it, as Chromium and Firefox do: there it has neither.
 */
export function ownCookie(origin: string, name: string): { name: string; attributes: CookieOptions } {
  const secure = origin.startsWith('https://');
  return { name: secure ? `__Host-${name}` : name, attributes: { path: '/', httpOnly: true, secure, sameSite: 'lax' } };
}
