import { isAboutOwnDomain } from './audience.js';

/** The key of a notice about a domain: told once each time that it is lost. */
export function domainKey(domain: string, lostAt: Date, kind: string): string {
  return `${domain}/${lostAt.toISOString()}/${kind}`;
}

/** The domain that a notice is about, by its key; null when it is about none. */
export function domainOfKey({ kind, key }: { kind: string; key: string }): string | null {
  return isAboutOwnDomain(kind) || kind === 'organization_domain_failed' ? key.slice(0, key.indexOf('/')) : null;
}
