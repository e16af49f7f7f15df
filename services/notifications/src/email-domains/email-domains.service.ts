import { Injectable } from '@nestjs/common';
import {
  DomainError,
  organizationAskedAbout,
  refuse,
  requireSuperAdmin,
  retireEmailDomain,
  type Actor,
  type addEmailDomain,
  type AnswerOf,
  type checkEmailDomain,
  type deleteEmailDomain,
  type EmailDomainDetails,
  type getEmailDomain,
  type listEmailDomains,
  type RequestOf,
  type saveEmailDomain,
  type setEmailDomainSender,
  type verifyEmailDomain,
  invalidFields,
} from '@tenure/contracts';
import { Database, queryRows, readRow, readRows, Services } from '@tenure/platform';
import { Settings } from '../settings.js';
import { EmailDomain, type EmailDomainRow } from '../database/email-domain.entity.js';
import { domainOfAddress, readDomain, type Unfit } from '../domain/own-domain.js';
import { cannotBeSetUp, DomainLooks } from './domain-looks.js';
import { changeSender, claimDomain, dropRow, saveDomain, type Own } from './domain-rows.js';
import { lookSoon } from './domain-state.js';
import { ProviderRefused } from './provider-domains.js';

@Injectable()
export class EmailDomainsService {
  readonly #platformDomains: readonly string[];

  constructor(
    private readonly database: Database,
    private readonly services: Services,
    private readonly looks: DomainLooks,
    { mailFrom, publicUrl }: Settings,
  ) {
    this.#platformDomains = [domainOfAddress(mailFrom), new URL(publicUrl).hostname];
  }

  /** Lists the domains of the actor's own organization; Customer Success may name another. @throws forbidden */
  async list({
    actor,
    organizationId: named,
  }: RequestOf<typeof listEmailDomains>): Promise<AnswerOf<typeof listEmailDomains>> {
    const organizationId = organizationAskedAbout(actor, named);
    return this.database.asMember(actor, async (em) => {
      const domains = await readRows(em, EmailDomain, { organizationId }, 'order by domain');
      return { items: domains.map(({ domain, status }) => ({ domain, organizationId, status })) };
    });
  }

  /**
   * Adds a domain, and asks the provider for its records. If the provider is unreachable, they follow later.
   * @throws forbidden, invalid, email_domain_taken
   */
  async add({ actor, domain: typed, sender: name }: RequestOf<typeof addEmailDomain>): Promise<EmailDomainDetails> {
    requireSuperAdmin(actor);
    const own = { domain: this.#read(typed), organizationId: actor.organizationId };
    const { memberId } = actor;
    await this.database.asService((em) => claimDomain(em, own, { sender: `${name}@${own.domain}`, memberId }));
    const { providerId } = await this.#find(actor, own.domain);
    if (providerId === null) await this.looks.look(own).catch((error: unknown) => this.#unlessLater(own, error));
    return detailsOf(await this.#find(actor, own.domain));
  }

  /** @throws forbidden, not_found */
  async get({ actor, domain, organizationId }: RequestOf<typeof getEmailDomain>): Promise<EmailDomainDetails> {
    if (organizationId === undefined) requireSuperAdmin(actor);
    return detailsOf(await this.#find(actor, domain, organizationAskedAbout(actor, organizationId)));
  }

  /** @throws forbidden, not_found */
  async setSender({
    actor,
    domain,
    sender: name,
  }: RequestOf<typeof setEmailDomainSender>): Promise<EmailDomainDetails> {
    requireSuperAdmin(actor);
    const { organizationId, memberId } = actor;
    await this.database.asService(async (em) => {
      const row = await readRow(em, EmailDomain, { domain, organizationId }, 'for update');
      if (row === null) throw notFound();
      await changeSender(em, row, { sender: `${name}@${domain}`, memberId });
    });
    return detailsOf(await this.#find(actor, domain));
  }

  /** Has the provider look up the records now. @throws forbidden, not_found, email_domain_taken, unavailable */
  async verify({ actor, domain }: RequestOf<typeof verifyEmailDomain>): Promise<EmailDomainDetails> {
    requireSuperAdmin(actor);
    const { organizationId } = actor;
    await this.#find(actor, domain);
    await this.looks.look({ domain, organizationId }, { verify: true }).catch(asRefusal);
    return detailsOf(await this.#find(actor, domain));
  }

  /**
   * Deletes a domain that nothing uses. Before it asks accounts, it blocks the domain, so that accounts knows everybody
   * who chose it before, and whoever comes later is refused. The block expires once the deletion should long have
   * ended, so that an interrupted deletion leaves nothing behind.
   * @throws forbidden, not_found, email_domain_in_use, unavailable
   */
  async delete({ actor, domain }: RequestOf<typeof deleteEmailDomain>): Promise<void> {
    requireSuperAdmin(actor);
    const { organizationId, memberId } = actor;
    const until = await this.#beginDeletion({ domain, organizationId });
    try {
      const { retired, ...figures } = await this.services.ask(retireEmailDomain, { organizationId, domain });
      if (!retired) throw refuse('email_domain_in_use', 'The domain is in use.', { figures });
    } catch (error) {
      await this.#endDeletion(domain, until);
      throw error;
    }
    await this.database.asService(async (em) => {
      const row = await readRow(em, EmailDomain, { domain, organizationId }, `for update`);
      const [inTime] = await queryRows(
        em,
        `select 1 from notifications.email_domains where domain = ? and deleting_until = ?::timestamptz
           and deleting_until > clock_timestamp() + interval '10 seconds'`,
        [domain, until],
      );
      if (row === null || inTime === undefined) throw refuse('unavailable', 'The deletion took too long. Try again.');
      await dropRow(em, row, 'email_domain.deleted', { caller: 'gateway', memberId });
    });
  }

  check(asked: RequestOf<typeof checkEmailDomain>): Promise<AnswerOf<typeof checkEmailDomain>> {
    const { organizationId, domain } = asked;
    return this.database.asService(async (em) => {
      const rest = 'and (deleting_until is null or deleting_until < clock_timestamp())';
      return {
        verified: (await readRow(em, EmailDomain, { organizationId, domain, status: 'verified' }, rest)) !== null,
      };
    });
  }

  /** @throws invalid when the sender is not at the domain; name_taken when the domain is another organization's */
  async save(asked: RequestOf<typeof saveEmailDomain>, caller: string): Promise<void> {
    const { organizationId, domain, status, sender } = asked;
    if (domainOfAddress(sender) !== domain)
      throw refuse('invalid', 'The sender is not at the domain.', {
        errors: [{ path: 'sender', code: 'not_at_domain', message: `Enter an address at ${domain}.` }],
      });
    await this.database.asService((em) => saveDomain(em, { domain, organizationId }, { status, sender }, caller));
  }

  /** @throws invalid */
  #read(typed: string): string {
    const read = readDomain(typed, this.#platformDomains);
    if ('domain' in read) return read.domain;
    throw invalidFields([{ path: 'domain', code: read.unfit, message: whyUnfit[read.unfit] }]);
  }

  /** @throws not_found */
  #find(actor: Actor, domain: string, organizationId = actor.organizationId): Promise<EmailDomainRow> {
    return this.database.asMember(actor, async (em) => {
      const row = await readRow(em, EmailDomain, { domain, organizationId });
      if (row === null) throw notFound();
      return row;
    });
  }

  /** Drops a domain that the provider refuses, and schedules an early check if the provider was unreachable. */
  async #unlessLater(own: Own, error: unknown): Promise<void> {
    if (error instanceof DomainError && error.code === 'unavailable')
      return this.database.asService((em) => lookSoon(em, own));
    if (!cannotBeSetUp(error)) throw error;
    const { domain, organizationId } = own;
    await this.database.asService(async (em) => {
      const row = await readRow(em, EmailDomain, { domain, organizationId, providerId: null }, 'for update');
      if (row !== null) await dropRow(em, row, 'email_domain.refused', { caller: 'notifications' });
    });
    return asRefusal(error);
  }

  #beginDeletion({ domain, organizationId }: Own): Promise<string> {
    return this.database.asService(async (em) => {
      const [row] = await queryRows<{ until: string }>(
        em,
        `update notifications.email_domains set deleting_until = clock_timestamp() + interval '30 seconds'
         where domain = ? and organization_id = ? returning deleting_until::text as until`,
        [domain, organizationId],
      );
      if (row === undefined) throw notFound();
      return row.until;
    });
  }

  #endDeletion(domain: string, until: string): Promise<unknown> {
    return this.database.asService((em) =>
      queryRows(
        em,
        `update notifications.email_domains set deleting_until = null
         where domain = ? and deleting_until = ?::timestamptz`,
        [domain, until],
      ),
    );
  }
}

const whyUnfit: Record<Unfit, string> = {
  not_a_domain: 'Enter a domain, such as mail.partner.example.',
  public_suffix: 'Anybody can have a domain under this name.',
  platform_domain: 'This domain belongs to the platform.',
  mixed_scripts: 'A part of this name mixes letters of different alphabets.',
};

function notFound(): DomainError {
  return refuse('not_found', 'There is no such domain.');
}

/** @throws invalid with the provider's words; any other error unchanged */
function asRefusal(error: unknown): never {
  if (!(error instanceof ProviderRefused)) throw error;
  throw refuse('invalid', 'The e-mail provider refuses this domain.', {
    errors: [{ path: 'domain', code: 'provider_refused', message: error.message }],
  });
}

function detailsOf(row: EmailDomainRow): EmailDomainDetails {
  const { domain, organizationId, status, sender, records, verifiedAt, checkedAt } = row;
  return {
    domain,
    organizationId,
    status,
    sender,
    records,
    verifiedAt: verifiedAt?.toISOString() ?? null,
    checkedAt: checkedAt?.toISOString() ?? null,
  };
}
