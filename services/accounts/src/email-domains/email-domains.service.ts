import { Injectable } from '@nestjs/common';
import type { AnswerOf, RequestOf, retireEmailDomain } from '@tenure/contracts';
import { Database, queryRows, sendAlong } from '@tenure/platform';
import { takeEmailDomain } from './hold-email-domain.js';

@Injectable()
export class EmailDomainsService {
  constructor(private readonly database: Database) {}

  /** Retires a domain that no account uses, nor an application that may become one. */
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
      await sendAlong(
        em,
        `insert into accounts.retired_email_domains (organization_id, domain, retired_at)
         values (?, ?, clock_timestamp())
         on conflict (organization_id, domain) do update set retired_at = excluded.retired_at`,
        [organizationId, domain],
      );
      return { retired: true, accounts, applications };
    });
  }
}
