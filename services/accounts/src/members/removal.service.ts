import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  type AnswerOf,
  type MemberView,
  type readmitMember,
  type removeMember,
  type RequestOf,
} from '@tenure/contracts';
import { Database, databaseTime, queryRows } from '@tenure/platform';
import { revokeFeedOf } from '../calendars/revoke-addresses.js';
import { recordAudit } from '../database/audit.js';
import type { MemberRow } from '../database/member.entity.js';
import type { OrganizationRow } from '../database/organization.entity.js';
import { viewOrganization } from '../organizations/organization-view.js';
import { lockMember } from './lock-member.js';
import { viewMember } from './members.service.js';
import { storeMember } from './store-member.js';

type Removed = AnswerOf<typeof removeMember>;

/** Removes and readmits members (ADR 31). */
@Injectable()
export class RemovalService {
  constructor(private readonly database: Database) {}

  /**
   * Ends a member's access, and the notices that they get as a member. What they did stays unchanged.
   * @throws not_found
   */
  remove(identity: RequestOf<typeof removeMember>): Promise<Removed> {
    return this.database.asService(async (em) => {
      const { member, organization } = await lockMember(em, identity);
      if (member.removedAt !== null) return viewRemoved(em, member, organization, member.removedAt);
      const { organizationId, memberId, roles } = member;
      const removedAt = await databaseTime(em);
      em.assign(member, { removedAt, roles: [], unwanted: [] });
      await storeMember(em, member);
      await revokeFeedOf(em, { organizationId, memberId });
      await recordAudit(em, {
        organizationId,
        action: 'member.removed',
        details: { before: { memberId, roles }, after: { memberId, roles: [] } },
      });
      return viewRemoved(em, member, organization, removedAt);
    });
  }

  /**
   * Readmits them as the same member, without a role. A member who was not removed stays as they are.
   * @throws not_found
   */
  readmit(identity: RequestOf<typeof readmitMember>): Promise<MemberView> {
    return this.database.asService(async (em) => {
      const { member, organization } = await lockMember(em, identity);
      if (member.removedAt === null) return viewMember(member, organization);
      em.assign(member, { removedAt: null, readmittedAt: await databaseTime(em) });
      await storeMember(em, member);
      const { organizationId, memberId } = member;
      await recordAudit(em, { organizationId, action: 'member.readmitted', details: { memberId } });
      return viewMember(member, organization);
    });
  }
}

async function viewRemoved(
  em: EntityManager,
  { organizationId, name, email }: MemberRow,
  organization: OrganizationRow,
  removedAt: Date,
): Promise<Removed> {
  const [counted] = await queryRows<{ superAdminsLeft: number; ofAccounts: number; asFallbackAddress: boolean }>(
    em,
    `select
       (select count(*)::int from accounts.members m
        where m.organization_id = o.organization_id and m.roles @> array['super_admin']) as "superAdminsLeft",
       (select count(*)::int from accounts.extra_addresses e
        where e.organization_id = o.organization_id and exists (
          select from jsonb_array_elements(e.addresses) told where lower(told ->> 'email') = lower(?))) as "ofAccounts",
       coalesce(lower(o.fallback_email) = lower(?), false) as "asFallbackAddress"
     from accounts.organizations o where o.organization_id = ?`,
    [email, email, organizationId],
  );
  const { superAdminsLeft, ...stillTold } = counted!;
  return {
    name,
    organization: viewOrganization(organization),
    removedAt: removedAt.toISOString(),
    superAdminsLeft,
    stillTold,
  };
}
