import type { EntityManager } from '@mikro-orm/postgresql';
import type { ImportedAccount } from '@tenure/contracts';
import { queryRows } from '@tenure/platform';
import { nameKey } from '../domain/account-name.js';
import type { Surroundings } from '../domain/imported.js';

/** The context of each of these accounts, in their order. Notifications knows about the email domains. */
export async function surroundingsOf(
  em: EntityManager,
  accounts: readonly ImportedAccount[],
): Promise<Omit<Surroundings, 'emailDomainIsVerified'>[]> {
  const asked = accounts.map(({ accountId, organizationId, accountName, sector }, at) => ({
    at,
    account_id: accountId,
    organization_id: organizationId,
    name_key: nameKey(accountName),
    sector,
  }));
  return queryRows(
    em,
    `select case when o.organization_id is not null
         then jsonb_build_object('country', o.country, 'timeZone', o.time_zone) end as organization,
       s.code is not null as "sectorIsKnown",
       n.name_key is not null as "nameIsTaken",
       held.account_id is not null as "nameIsLeftBehind",
       case when a.account_id is not null then jsonb_build_object('organizationId', a.organization_id) end as there
     from jsonb_to_recordset(?::jsonb) as asked(at int, account_id uuid, organization_id uuid, name_key text, sector text)
     left join accounts.organizations o using (organization_id)
     left join accounts.sectors s on s.code = asked.sector
     left join accounts.accounts a on a.account_id = asked.account_id and a.created_at is not null
     left join accounts.account_names n on n.organization_id = asked.organization_id and n.name_key = asked.name_key
       and n.account_id is distinct from asked.account_id
     left join accounts.accounts held on held.account_id = n.account_id and held.created_at is null
       and held.application_id is null
     order by asked.at`,
    [JSON.stringify(asked)],
  );
}
