import { LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  refuse,
  type AnswerOf,
  type checkEmailDomain,
  type listEmailDomains,
  type RequestOf,
  type saveEmailDomain,
} from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { EmailDomain } from '../database/email-domain.entity.js';

@Injectable()
export class EmailDomainsService {
  constructor(private readonly database: Database) {}

  /** The domains of the actor's own organization, also for Customer Success. */
  list({ actor }: RequestOf<typeof listEmailDomains>): Promise<AnswerOf<typeof listEmailDomains>> {
    const { organizationId } = actor;
    return this.database.asMember(actor, async (em) => {
      const domains = await em.find(EmailDomain, { organizationId }, { orderBy: { domain: 'asc' } });
      return { items: domains.map(({ domain, status }) => ({ domain, organizationId, status })) };
    });
  }

  check(asked: RequestOf<typeof checkEmailDomain>): Promise<AnswerOf<typeof checkEmailDomain>> {
    const { organizationId, domain } = asked;
    return this.database.asService(async (em) => ({
      verified: (await em.count(EmailDomain, { organizationId, domain, status: 'verified' })) > 0,
    }));
  }

  /** @throws invalid when the sender is not at the domain; name_taken when the domain is another organization's */
  async save(asked: RequestOf<typeof saveEmailDomain>, caller: string): Promise<void> {
    const { organizationId, domain, status, sender } = asked;
    if (sender.slice(sender.lastIndexOf('@') + 1).toLowerCase() !== domain)
      throw refuse('invalid', 'The sender is not at the domain', {
        errors: [{ path: 'sender', code: 'not_at_domain', message: `An address at ${domain}.` }],
      });
    await this.database.asService(async (em) => {
      await em
        .createQueryBuilder(EmailDomain)
        .insert({ domain, organizationId, status, sender })
        .onConflict('domain')
        .ignore()
        .execute('run');
      const row = await em.findOneOrFail(EmailDomain, { domain }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (row.organizationId !== organizationId)
        throw refuse('name_taken', 'The domain belongs to another organization');
      Object.assign(row, { status, sender });
      await em.flush();
      await recordAudit(em, {
        organizationId,
        action: 'email_domain.saved',
        subject: domain,
        caller,
        details: { status, sender },
      });
    });
  }
}
