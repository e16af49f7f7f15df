import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  countedUpTo,
  noticeGroups,
  refuse,
  requireCustomerSuccess,
  uuid,
  type AnswerOf,
  type findOrganizations,
  type listOrganizationMembers,
  type OrganizationDetails,
  type RequestOf,
  type showOrganization,
} from '@tenure/contracts';
import {
  beforeAllIds,
  Database,
  idArray,
  pageFrom,
  queryRows,
  readCursor,
  readRow,
  readRows,
  sql,
  writeCursor,
} from '@tenure/platform';
import { z } from 'zod';
import { activeAccounts } from '../accounts/page-of-accounts.js';
import { Member, type MemberRow } from '../database/member.entity.js';
import { Organization } from '../database/organization.entity.js';
import { whoIsTold } from '../domain/wishes.js';
import { countRows, readPage, type PageQuery } from '../pages/rows.js';
import { withText } from '../pages/with-text.js';
import { settingsOf } from './organization-view.js';

const place = z.strictObject({ name: z.string(), organizationId: uuid });
const memberPlace = z.strictObject({ rank: z.int32(), name: z.string(), memberId: uuid });

/** Every organization, for Customer Success to read. */
@Injectable()
export class ReviewedOrganizationsService {
  constructor(private readonly database: Database) {}

  /** A page sorted by name, ignoring case and accents. @throws forbidden, invalid for another list's cursor */
  async find({
    actor,
    text,
    cursor,
    limit,
  }: RequestOf<typeof findOrganizations>): Promise<AnswerOf<typeof findOrganizations>> {
    requireCustomerSuccess(actor);
    const from = readCursor(place, cursor);
    return this.database.asService(async (em) => {
      const { rows, last, count } = await readPage<{ name: string; country: string }>(
        em,
        pageOfOrganizations({ text, limit }, from),
      );
      const figures = await figuresOf(
        em,
        rows.map(({ id }) => id),
      );
      const items = rows.map(({ id, name, country }) => ({ organizationId: id, name, country, ...figures.get(id) }));
      return { items, next: last && writeCursor({ name: last.name, organizationId: last.id }), count };
    });
  }

  /** @throws forbidden, not_found */
  async show({ actor, organizationId }: RequestOf<typeof showOrganization>): Promise<OrganizationDetails> {
    requireCustomerSuccess(actor);
    return this.database.asService(async (em) => {
      const [organization, datapoints] = await Promise.all([
        readRow(em, Organization, { organizationId }),
        datapointsOf(em, organizationId),
      ]);
      if (organization === null) throw refuse('not_found', 'There is no such organization.');
      return { ...settingsOf(organization), datapoints };
    });
  }

  /**
   * A page, sorted by role and then by name, ignoring case and accents.
   * @throws forbidden, invalid for another list's cursor
   */
  async listMembers({
    actor,
    organizationId,
    cursor,
    limit,
  }: RequestOf<typeof listOrganizationMembers>): Promise<AnswerOf<typeof listOrganizationMembers>> {
    requireCustomerSuccess(actor);
    const from = readCursor(memberPlace, cursor);
    return this.database.asService(async (em) => {
      const [found, count, superAdmins] = await Promise.all([
        membersAfter(em, organizationId, from, limit + 1),
        countRows(em, {
          from: { name: 'accounts.members', alias: 'm' },
          where: [sql('m.organization_id = ?', organizationId), sql('m.removed_at is null')],
        }),
        readRows(em, Member, { organizationId }, `and roles @> array['super_admin'] order by name, member_id`),
      ]);
      const { items, next } = pageFrom(found, limit, ({ rank, name, memberId }) =>
        writeCursor({ rank, name, memberId }),
      );
      const told = noticeGroups.map((group) => ({
        group,
        ids: new Set(whoIsTold(superAdmins, group).map(({ memberId }) => memberId)),
      }));
      return {
        items: items.map(({ memberId, name, email, language, roles, since }) => ({
          ...{ memberId, name, email, language, roles },
          told: told.filter(({ ids }) => ids.has(memberId)).map(({ group }) => group),
          since: since === null ? null : new Date(since).toISOString(),
        })),
        next,
        count,
      };
    });
  }
}

export function pageOfOrganizations(
  { text, limit }: Pick<RequestOf<typeof findOrganizations>, 'text' | 'limit'>,
  from: z.infer<typeof place> | null,
): PageQuery {
  const table = { name: 'accounts.organizations', alias: 'o' };
  return {
    from: table,
    where: withText('o.folded_name', text),
    order: { table, key: 'o.folded_name', id: 'o.organization_id', direction: 'asc', where: [] },
    after: from && { key: sql('accounts.folded(?)', from.name), id: from.organizationId },
    columns: 'o.name, o.country',
    limit,
  };
}

interface Figures {
  activeAccounts: number;
  pendingApplications: number;
}

/** The figures by organization id. Both counts need only an index. */
async function figuresOf(em: EntityManager, organizationIds: string[]): Promise<Map<string, Figures>> {
  const rows = await queryRows<Figures & { organizationId: string }>(
    em,
    `select o.id as "organizationId",
       (select count(*)::int from (select from accounts.accounts a
          where a.organization_id = o.id and ${activeAccounts} limit ${countedUpTo + 1}) as counted) as "activeAccounts",
       (select count(*)::int from (select from accounts.applications p
          where p.organization_id = o.id and p.status = 'pending' limit ${countedUpTo + 1}) as counted) as "pendingApplications"
     from unnest(?::uuid[]) as o (id)`,
    [idArray(organizationIds)],
  );
  return new Map(rows.map(({ organizationId, ...figures }) => [organizationId, figures]));
}

/** Each account has to be looked up, which is fast for this many. */
const summedUpTo = 2_000;

/** The total for its active accounts; null if there are too many to add up. */
async function datapointsOf(em: EntityManager, organizationId: string): Promise<OrganizationDetails['datapoints']> {
  const [sum] = await queryRows<{ accounts: number; contracted: number; used: number }>(
    em,
    `select count(*)::int as accounts, coalesce(sum(contracted), 0)::float8 as contracted,
       coalesce(sum(used), 0)::float8 as used
     from (select c.contracted, c.used from accounts.accounts a join accounts.contracts c using (account_id)
           where a.organization_id = ? and ${activeAccounts} limit ${summedUpTo + 1}) as counted`,
    [organizationId],
  );
  const { accounts, ...datapoints } = sum!;
  return accounts > summedUpTo ? null : datapoints;
}

type Ranked = Pick<MemberRow, 'memberId' | 'name' | 'email' | 'language' | 'roles'> & {
  rank: number;
  since: string | null;
};

/** A member's id contains the time of its creation. */
function membersAfter(
  em: EntityManager,
  organizationId: string,
  from: z.infer<typeof memberPlace> | null,
  limit: number,
): Promise<Ranked[]> {
  return queryRows<Ranked>(
    em,
    `select * from (
       select member_id as "memberId", name, email, language, roles,
         coalesce(readmitted_at, uuid_extract_timestamp(member_id)) as since,
         case when roles @> array['super_admin'] then 0 when cardinality(roles) > 0 then 1 else 2 end as rank
       from accounts.members where organization_id = ? and removed_at is null) as m
     where (m.rank, accounts.folded(m.name), m."memberId") > (?::int, accounts.folded(?), ?::uuid)
     order by m.rank, accounts.folded(m.name), m."memberId" limit ?`,
    [organizationId, from?.rank ?? -1, from?.name ?? '', from?.memberId ?? beforeAllIds, limit],
  );
}
