import type { CookieOptions } from 'express';

/**
 * A cookie for this host only and all its paths, which no script can read. With the prefix `__Host-` browsers accept it
 * only over TLS. The local machine has no TLS, and there Safari, unlike Chromium and Firefox, accepts no `Secure`
 * cookie: so the cookie has neither the prefix nor `Secure`.
 */
export function ownCookie(origin: string, name: string): { name: string; attributes: CookieOptions } {
  const secure = origin.startsWith('https://');
  return { name: secure ? `__Host-${name}` : name, attributes: { path: '/', httpOnly: true, secure, sameSite: 'lax' } };
}
