import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  refuse,
  requireSuperAdmin,
  type Actor,
  type AnswerOf,
  type Calendar,
  type CalendarAddresses,
  type createCalendarFeed,
  type Language,
  type readCalendar,
  type RequestOf,
  type revokeCalendars,
  type showCalendarAddresses,
} from '@tenure/contracts';
import { Database, instantText, queryRows, sendAlong } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { findMember } from '../members/find-member.js';
import { lockOrganizations } from '../organizations/lock-organizations.js';
import { recordOrganizationChanged } from '../organizations/record-organization-changed.js';
import { accountEntries, organizationEntries } from './entries.js';
import { countInReminders, revokeFeed, revokeInReminders, sinceRevoked } from './revoke-addresses.js';
import { hashOf, newToken } from './token.js';

/** The addresses under which calendar programs read expiries, and the entries they get. */
@Injectable()
export class CalendarsService {
  constructor(private readonly database: Database) {}

  /**
   * A revoked feed address is not found; a revoked address of a single account returns its event as canceled.
   * @throws not_found
   */
  read({ token }: RequestOf<typeof readCalendar>): Promise<Calendar> {
    return this.database.asService(async (em) => {
      const [known] = await queryRows<{
        organizationId: string;
        version: number;
        accountId: string | null;
        revokedAt: string | null;
        language: Language;
      }>(
        em,
        `select c.organization_id as "organizationId", c.account_id as "accountId",
           ${instantText(sinceRevoked)} as "revokedAt", o.language, o.version
         from accounts.calendars c join accounts.organizations o using (organization_id) where c.token_hash = decode(?, 'hex')`,
        [hashOf(token)],
      );
      if (known === undefined || (known.accountId === null && known.revokedAt !== null))
        throw refuse('not_found', 'There is no such calendar.');
      const { accountId, revokedAt, language } = known;
      if (accountId === null) return { kind: 'organization', language, entries: await organizationEntries(em, known) };
      return { kind: 'account', language, entries: await accountEntries(em, known, accountId, revokedAt) };
    });
  }

  /** @throws forbidden */
  show({ actor }: RequestOf<typeof showCalendarAddresses>): Promise<CalendarAddresses> {
    requireSuperAdmin(actor);
    return this.database.asMember(actor, (em) => addressesOf(em, actor));
  }

  /** @throws forbidden, member_unknown */
  createFeed({ actor }: RequestOf<typeof createCalendarFeed>): Promise<AnswerOf<typeof createCalendarFeed>> {
    requireSuperAdmin(actor);
    const token = newToken();
    return this.database.asMember(actor, async (em) => {
      // Of two feeds that are created concurrently, the later replaces the earlier. A member who is being removed gets
      // none: the removal revokes only what it finds.
      await lockOrganizations(em, [actor.organizationId]);
      await findMember(em, actor);
      await revokeFeed(em, actor);
      const { organizationId, memberId } = actor;
      await recordOrganizationChanged(em, organizationId, { memberId });
      await sendAlong(
        em,
        `insert into accounts.calendars (token_hash, organization_id, created_by) values (decode(?, 'hex'), ?, ?)`,
        [hashOf(token), organizationId, memberId],
      );
      await recordAudit(em, { organizationId, memberId, action: 'calendar.feed_created', details: {} });
      return { ...(await addressesOf(em, actor)), token };
    });
  }

  /** @throws forbidden, member_unknown */
  revoke({ actor, which }: RequestOf<typeof revokeCalendars>): Promise<CalendarAddresses> {
    requireSuperAdmin(actor);
    return this.database.asMember(actor, async (em) => {
      await lockOrganizations(em, [actor.organizationId]);
      await findMember(em, actor);
      const revoked = which === 'feed' ? await revokeFeed(em, actor) : await revokeInReminders(em, actor);
      if (revoked) await recordOrganizationChanged(em, actor.organizationId, { memberId: actor.memberId });
      return addressesOf(em, actor);
    });
  }
}

async function addressesOf(em: EntityManager, { organizationId }: Actor): Promise<CalendarAddresses> {
  const [[feed], inReminders] = await Promise.all([
    queryRows<NonNullable<CalendarAddresses['feed']>>(
      em,
      `select ${instantText('created_at')} as "createdAt", created_by as "createdBy" from accounts.calendars
       where organization_id = ? and account_id is null and revoked_at is null`,
      [organizationId],
    ),
    countInReminders(em, organizationId),
  ]);
  return { feed: feed ?? null, inReminders };
}
