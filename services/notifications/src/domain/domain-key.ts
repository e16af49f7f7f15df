import { isAboutOwnDomain } from './audience.js';

/** The key of a notice about a domain: told once each time that it is lost. */
export function domainKey(domain: string, lostAt: Date, kind: string): string {
  return `${domain}/${lostAt.toISOString()}/${kind}`;
}

/** The domain that a notice is about, by its key; null when it is about none. That of one which reached nobody goes before. */
export function domainOfKey({ kind, key }: { kind: string; key: string }): string | null {
  const told = kind === 'recipients_unreachable' ? (key.split('/').at(-2) ?? kind) : kind;
  return isAboutOwnDomain(told) || told === 'organization_domain_failed' ? key.slice(0, key.indexOf('/')) : null;
}
