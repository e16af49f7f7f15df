import { isAboutOwnDomain } from './audience.js';

/** The key of a notice about a domain, different for each loss. */
export function domainKey(domain: string, lostAt: Date, kind: string): string {
  return `${domain}/${lostAt.toISOString()}/${kind}`;
}

/**
 * The domain that a notice is about, read from its key; null when it is about none. A `recipients_unreachable` notice
 * has the key of the unreached notice in front.
 */
export function domainOfKey({ kind, key }: { kind: string; key: string }): string | null {
  const told = kind === 'recipients_unreachable' ? (key.split('/').at(-2) ?? kind) : kind;
  return isAboutOwnDomain(told) || told === 'organization_domain_failed' ? key.slice(0, key.indexOf('/')) : null;
}
