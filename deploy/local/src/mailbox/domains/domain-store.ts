import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { addressOf } from '../email.js';
import { Refusal } from '../refusal.js';
import { addDomain, lookUp, type MailDomain } from './domain.js';

export interface DomainStoreOptions {
  /** Where the domains are stored; in memory by default. */
  file: string | undefined;
  /** Domains that may send without being added: the platform's own. By default every domain that is not added here. */
  ownDomains: readonly string[] | undefined;
  now: () => Date;
}

/** The domains that were added, with their current state. */
export class DomainStore {
  readonly #byId = new Map<string, MailDomain>();

  constructor(private readonly options: DomainStoreOptions) {
    const { file } = options;
    if (file === undefined || !existsSync(file)) return;
    for (const domain of JSON.parse(readFileSync(file, 'utf8')) as MailDomain[]) this.#byId.set(domain.id, domain);
  }

  /** Newest first, as the API lists them. */
  all(): MailDomain[] {
    return [...this.#byId.keys()].map((id) => this.get(id)).toReversed();
  }

  /** @throws Refusal if there is none */
  get(id: string): MailDomain {
    const stored = this.#byId.get(id);
    if (stored === undefined) throw new Refusal(404, 'not_found', 'Domain not found');
    return lookUp(stored, this.options.now());
  }

  /** Finds a domain by name or id. */
  find(nameOrId: string): MailDomain | undefined {
    return this.all().find(({ id, name }) => id === nameOrId || name === nameOrId.toLowerCase());
  }

  /** @throws Refusal as Resend's API does */
  add(value: unknown): MailDomain {
    if (value === undefined || value === null || value === '')
      throw new Refusal(422, 'missing_required_field', 'Missing `name` field.');
    const name = typeof value === 'string' ? value.toLowerCase() : '';
    if (!/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(name))
      throw new Refusal(422, 'validation_error', 'The `name` field is not a valid domain.');
    if (this.find(name) !== undefined)
      throw new Refusal(403, 'validation_error', `The ${name} domain has been registered already.`);
    const key = randomBytes(162).toString('base64').replaceAll('=', '');
    const domain = addDomain(name, { id: randomUUID(), key, now: this.options.now() });
    this.#keep(domain);
    return domain;
  }

  /** @throws Refusal if there is none */
  change(id: string, change: (domain: MailDomain, now: Date) => MailDomain): MailDomain {
    const changed = change(this.get(id), this.options.now());
    this.#keep(changed);
    return changed;
  }

  /** @throws Refusal if there is none */
  remove(id: string): void {
    this.get(id);
    this.#byId.delete(id);
    this.#write();
  }

  /** @throws Refusal if the sender's domain is not verified */
  refuseUnverified(sender: string): void {
    const name = addressOf(sender).split('@').at(-1) ?? '';
    const domain = this.find(name);
    const { ownDomains } = this.options;
    const maySend = domain === undefined ? (ownDomains?.includes(name) ?? true) : domain.status === 'verified';
    if (!maySend)
      throw new Refusal(
        403,
        'validation_error',
        `The ${name} domain is not verified. Please, add and verify your domain on https://resend.com/domains`,
      );
  }

  #keep(domain: MailDomain): void {
    this.#byId.set(domain.id, domain);
    this.#write();
  }

  #write(): void {
    const { file } = this.options;
    if (file === undefined) return;
    writeFileSync(`${file}.new`, JSON.stringify([...this.#byId.values()]));
    renameSync(`${file}.new`, file);
  }
}
