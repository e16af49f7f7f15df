import { Injectable } from '@nestjs/common';
import {
  refuse,
  requireSuperAdmin,
  type getNoticeWishes,
  type NoticeWishes,
  type RequestOf,
  type setNoticeWishes,
} from '@tenure/contracts';
import { Database, forUpdate } from '@tenure/platform';
import { recordAudit } from '../database/audit.js';
import { Member } from '../database/member.entity.js';
import { Organization } from '../database/organization.entity.js';
import { noticesWithoutRecipient, declinedGroups, wishesOf } from '../domain/wishes.js';
import { findMember } from '../members/find-member.js';
import { storeMember } from '../members/store-member.js';

/** A SuperAdmin's notice preferences. */
@Injectable()
export class WishesService {
  constructor(private readonly database: Database) {}

  /** @throws forbidden, member_unknown */
  get({ actor }: RequestOf<typeof getNoticeWishes>): Promise<NoticeWishes> {
    requireSuperAdmin(actor);
    return this.database.asService(async (em) => wishesOf(await findMember(em, actor)));
  }

  /** @throws forbidden, member_unknown, last_recipient if nobody would be notified anymore */
  async set({ actor, wishes }: RequestOf<typeof setNoticeWishes>): Promise<NoticeWishes> {
    requireSuperAdmin(actor);
    const { memberId, organizationId } = actor;
    return this.database.asService(async (em) => {
      // Serialized, so that two SuperAdmins who turn notices off concurrently do not each rely on the other.
      await em.findOne(Organization, { organizationId }, forUpdate);
      await findMember(em, actor);
      const members = await em.find(Member, { organizationId, removedAt: null }, forUpdate);
      const superAdmins = members.filter(({ roles }) => roles.includes('super_admin'));
      const member = superAdmins.find((known) => known.memberId === memberId)!;
      const lost = noticesWithoutRecipient(superAdmins, memberId, wishes);
      if (lost.length > 0)
        throw refuse('last_recipient', 'Nobody else in your organization would be notified.', {
          errors: lost.map((path) => ({
            path,
            code: 'last_recipient',
            message: 'Nobody else receives these e-mails.',
          })),
        });
      const before = wishesOf(member);
      if (before.decisions === wishes.decisions && before.reminders === wishes.reminders) return before;
      em.assign(member, { unwanted: declinedGroups(wishes) });
      await storeMember(em, member, { memberId });
      await recordAudit(em, {
        organizationId,
        memberId,
        action: 'member.notices_set',
        details: { before, after: wishes },
      });
      return wishes;
    });
  }
}
