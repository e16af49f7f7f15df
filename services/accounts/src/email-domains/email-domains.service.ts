import { Injectable } from '@nestjs/common';
import { refuse, type AnswerOf, type RequestOf, type retireEmailDomain } from '@tenure/contracts';
import { Database, queryRows } from '@tenure/platform';
import { takeEmailDomain } from './hold-email-domain.js';

@Injectable()
export class EmailDomainsService {
  constructor(private readonly database: Database) {}

  /** Retires a domain unless an account uses it, or an application that may still become one. @throws not_found */
  retire(own: RequestOf<typeof retireEmailDomain>): Promise<AnswerOf<typeof retireEmailDomain>> {
    const { organizationId, domain } = own;
    return this.database.asService(async (em) => {
      await takeEmailDomain(em, own);
      const [use] = await queryRows<{ accounts: number; applications: number }>(
        em,
        `select
           (select count(*)::int from accounts.accounts where organization_id = ? and email_domain = ?) as accounts,
           (select count(*)::int from accounts.applications where organization_id = ? and type = 'new_account'
             and status in ('pending', 'approved') and request ->> 'emailDomain' = ?) as applications`,
        [organizationId, domain, organizationId, domain],
      );
      const { accounts, applications } = use!;
      if (accounts + applications > 0) return { retired: false, accounts, applications };
      const retired = await queryRows(
        em,
        `insert into accounts.retired_email_domains (organization_id, domain, retired_at)
         select organization_id, ?, clock_timestamp() from accounts.organizations where organization_id = ?
         on conflict (organization_id, domain) do update set retired_at = excluded.retired_at
         returning 1`,
        [domain, organizationId],
      );
      if (retired.length === 0) throw refuse('not_found', 'There is no such organization.');
      return { retired: true, accounts, applications };
    });
  }
}
