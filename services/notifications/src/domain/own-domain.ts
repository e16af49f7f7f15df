import { domainToASCII, domainToUnicode } from 'node:url';
import { getDomain, parse } from 'tldts';

/** Why a typed name cannot be an organization's own domain. */
export type Unfit = 'not_a_domain' | 'public_suffix' | 'platform_domain' | 'mixed_scripts';

/** Top-level domains in which nobody can set records, or which anybody's machines use. */
const nobodys = new Set(['arpa', 'internal', 'invalid', 'local', 'localhost', 'onion']);

/**
 * Normalizes a domain: lower case, no trailing dot, other scripts as `xn--` (IDNA), so that two spellings are one
 * domain and a lookalike is recognized as a different one. A whole address (`https://…`, `name@…`) is not a domain.
 * @param platformDomains the domains that the platform sends from and is reached at; no organization can have a name
 * under the same registered domains
 */
export function readDomain(typed: string, platformDomains: readonly string[]): { domain: string } | { unfit: Unfit } {
  const name = typed.trim().replace(/\.$/, '');
  if (/[\s/@:?#[\]\\%]/.test(name)) return { unfit: 'not_a_domain' };
  const domain = domainToASCII(name);
  const { isIp, domain: registered } = parse(domain, { allowPrivateDomains: true });
  if (isIp !== false || !isName(domain)) return { unfit: 'not_a_domain' };
  if (domainToUnicode(domain).split('.').some(mixesScripts)) return { unfit: 'mixed_scripts' };
  if (registered === null || nobodys.has(domain.split('.').at(-1)!)) return { unfit: 'public_suffix' };
  const own = platformDomains.map(registeredOf);
  return own.includes(registeredOf(domain)) ? { unfit: 'platform_domain' } : { domain };
}

/** A record's full name: the provider leaves out the registered domain, `send.mail` for `mail.partner.example`. */
export function wholeName(name: string, domain: string): string {
  const registered = registeredOf(domain);
  return name === registered || name.endsWith(`.${registered}`) ? name : `${name}.${registered}`;
}

/** The domain of a sender, given as `address` or `Name <address>`. */
export function domainOfAddress(sender: string): string {
  return sender
    .slice(sender.lastIndexOf('@') + 1)
    .replace(/>\s*$/, '')
    .toLowerCase();
}

function registeredOf(domain: string): string {
  return getDomain(domain) ?? domain;
}

function isName(domain: string): boolean {
  const labels = domain.split('.');
  return (
    domain.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
  );
}

/** A Latin word with letters of another script is meant to be mistaken for another word. */
function mixesScripts(label: string): boolean {
  return /\p{Script=Latin}/u.test(label) && /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(label);
}
