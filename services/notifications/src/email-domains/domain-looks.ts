import { Injectable } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { crashPoint, Database, queryRows, readRow } from '@tenure/platform';
import { EmailDomain, type EmailDomainRow } from '../database/email-domain.entity.js';
import { taken, type Own } from './domain-rows.js';
import { forgetProvider, keepState } from './domain-state.js';
import { ProviderDomains, ProviderRefused, type ProviderDomain } from './provider-domains.js';

/**
 * Whether a check failed because the domain cannot be set up. Any other error says nothing about the domain: what was
 * learned could not be stored, for instance.
 */
export function cannotBeSetUp(error: unknown): boolean {
  return error instanceof ProviderRefused || (error instanceof DomainError && error.code === 'email_domain_taken');
}

/**
 * Checks a domain at the provider and stores the result. A check may crash at any point, and two may run at the same
 * time: the next check finds by its name what the previous one has created.
 */
@Injectable()
export class DomainLooks {
  constructor(
    private readonly database: Database,
    private readonly provider: ProviderDomains,
  ) {}

  /**
   * Reads the state of its records; with `verify`, the provider looks them up from now on. Creates the domain at the
   * provider if it is not there yet.
   * @throws unavailable; email_domain_taken, ProviderRefused when it cannot be set up
   */
  async look(own: Own, { verify = false } = {}): Promise<void> {
    const row = await this.database.asService((em) => readRow(em, EmailDomain, own));
    if (row === null) return;
    const said = await this.#ask(row, verify);
    if (said === null) return;
    await this.database.asService((em) => keepState(em, own, said, verify));
  }

  /** Removes what the provider still has of a domain from before nobody owned it. */
  async removeLeftovers(domain: string): Promise<void> {
    const leftovers = await this.database.asService((em) =>
      queryRows<{ providerId: string }>(
        em,
        `select provider_id as "providerId" from notifications.email_domain_leftovers
         where domain = ? order by look_at limit 10`,
        [domain],
      ),
    );
    for (const { providerId } of leftovers) {
      await this.provider.remove(providerId);
      await this.database.asService((em) =>
        queryRows(em, 'delete from notifications.email_domain_leftovers where provider_id = ?', [providerId]),
      );
    }
  }

  async #ask(row: EmailDomainRow, verify: boolean): Promise<ProviderDomain | null> {
    const { domain, providerId } = row;
    if (providerId === null) {
      const setUp = await this.#setUp(row);
      return verify && setUp !== null ? this.provider.verify(setUp.providerId) : setUp;
    }
    const said = await (verify ? this.provider.verify(providerId) : this.provider.get(providerId));
    if (said === null)
      await this.database.asService((em) =>
        forgetProvider(em, { domain, organizationId: row.organizationId }, providerId),
      );
    return said;
  }

  /**
   * Creates the domain at the provider; finds there what an operator has set up, who saved it with its state: that is
   * never created here.
   */
  async #setUp({ domain, addedAt }: EmailDomainRow): Promise<ProviderDomain | null> {
    if (addedAt === null) {
      const found = await this.provider.find(domain);
      return found && this.provider.get(found.providerId);
    }
    await this.removeLeftovers(domain);
    try {
      const created = await this.provider.create(domain);
      crashPoint('email-domain.created');
      return created;
    } catch (error) {
      if (!(error instanceof ProviderRefused)) throw error;
      return this.#takeOver(domain, error);
    }
  }

  /**
   * Takes over what an interrupted check, or a faster one, has created: nobody has seen its records. Nobody has started
   * its verification either, which distinguishes it from a domain that is used for something else.
   */
  async #takeOver(domain: string, refusal: ProviderRefused): Promise<ProviderDomain | null> {
    const found = await this.provider.find(domain);
    if (found?.status === 'not_started') return this.provider.get(found.providerId);
    throw found !== null || refusal.status === 403 ? taken() : refusal;
  }
}
