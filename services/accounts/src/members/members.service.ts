import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import {
  invalidFields,
  isSuperAdmin,
  refuse,
  requireReader,
  uuid,
  type AnswerOf,
  type identifyMember,
  type listMembers,
  type MemberView,
  type nameMembers,
  type RequestOf,
  type saveMember,
  type setLanguage,
} from '@tenure/contracts';
import { Database, forUpdate, pageFrom, readCursor, readRow, readRows, writeCursor } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { revokeFeedOf } from '../calendars/revoke-addresses.js';
import { recordAudit } from '../database/audit.js';
import { Member, type MemberRow } from '../database/member.entity.js';
import { Organization, type OrganizationRow } from '../database/organization.entity.js';
import { roleProblems } from '../domain/organization-rules.js';
import { notAMember } from './find-member.js';
import { lockSignIn } from './lock-member.js';
import { storeMember } from './store-member.js';
import { lockOrganizations } from '../organizations/lock-organizations.js';
import { viewOrganization } from '../organizations/organization-view.js';

/** The initial state of a new member. */
const never = { removedAt: null, readmittedAt: null, signedOutAt: null };

const place = z.strictObject({ name: z.string(), memberId: uuid });

@Injectable()
export class MembersService {
  constructor(private readonly database: Database) {}

  /** The member who signed in, by the issuer and `sub` of the token. @throws member_unknown */
  async identify({ issuer, subject }: RequestOf<typeof identifyMember>): Promise<AnswerOf<typeof identifyMember>> {
    return this.database.asService(async (em) => {
      const member = await readRow(em, Member, { issuer, subject, removedAt: null });
      if (member === null) throw notAMember();
      const { organizationId, readmittedAt, signedOutAt } = member;
      const organization = (await readRow(em, Organization, { organizationId }))!;
      return {
        ...viewMember(member, organization),
        ...(readmittedAt && { readmittedAt: readmittedAt.toISOString() }),
        ...(signedOutAt && { signedOutAt: signedOutAt.toISOString() }),
      };
    });
  }

  /**
   * The current names of members; unknown members are left out. Read with the service's role: the maker of a decision
   * belongs to another organization.
   */
  async name({ actor, memberIds }: RequestOf<typeof nameMembers>): Promise<AnswerOf<typeof nameMembers>> {
    requireReader(actor);
    return this.database.asService(async (em) => {
      const members = await readRows(em, Member, { memberId: memberIds });
      return { items: members.map(({ memberId, name }) => ({ memberId, name })) };
    });
  }

  /** Sets the member's own language. Choosing the current one changes nothing. @throws member_unknown */
  async setLanguage({ actor, language }: RequestOf<typeof setLanguage>): Promise<MemberView> {
    const { memberId, organizationId } = actor;
    return this.database.asService(async (em) => {
      const member = await em.findOne(Member, { memberId, organizationId, removedAt: null }, forUpdate);
      if (member === null) throw notAMember();
      const organization = (await readRow(em, Organization, { organizationId }))!;
      if (member.language === language) return viewMember(member, organization);
      const before = { language: member.language };
      em.assign(member, { language });
      await storeMember(em, member, { memberId });
      await recordAudit(em, {
        organizationId,
        memberId,
        action: 'member.language_set',
        details: { before, after: { language } },
      });
      return viewMember(member, organization);
    });
  }

  /**
   * Creates the member with this issuer and subject, or changes it.
   * @throws not_found for the organization, invalid, member_removed
   */
  async save(request: RequestOf<typeof saveMember>): Promise<MemberView> {
    const { organizationId, issuer, subject } = request;
    const values = { ...request, roles: [...new Set(request.roles)] };
    return this.database.asService(async (em) => {
      await lockSignIn(em, request);
      const registered = await readRow(em, Member, { issuer, subject });
      // Locked, so that the organization stays the operator's own while it gets Customer Success; also the one that a
      // member leaves, so that they create no feed there.
      await lockOrganizations(em, [organizationId, registered?.organizationId ?? organizationId]);
      const organization = await readRow(em, Organization, { organizationId });
      if (organization === null) throw refuse('not_found', 'There is no such organization.');
      const errors = roleProblems(values.roles, organization);
      if (errors.length > 0) throw invalidFields(errors);

      const known = await em.findOne(Member, { issuer, subject }, forUpdate);
      // Readmission has to be explicit: being listed in a file does not bring a member back.
      if (known !== null && known.removedAt !== null)
        throw refuse('member_removed', `${known.name} was removed, and has to be readmitted first.`);
      const before = known && viewMember(known, organization);
      const saved = known ?? em.create(Member, { memberId: uuidv7(), ...values, ...never, version: 0 });
      em.assign(saved, values);
      const after = viewMember(saved, organization);
      if (isDeepStrictEqual(before, after)) return after;
      await storeMember(em, saved);
      const staysSuperAdmin = isSuperAdmin(after) && before?.organizationId === organizationId;
      if (before !== null && !staysSuperAdmin) await revokeFeedOf(em, before);
      const [was, is] = [before && withoutOrganization(before), withoutOrganization(after)];
      // When a member moves, neither organization may read what the other recorded about them.
      const moves = was !== null && was.organizationId !== organizationId;
      if (moves)
        await recordAudit(em, {
          ...{ organizationId: was.organizationId, action: 'member.moved_away' },
          details: { before: was, after: null },
        });
      const details = { before: moves ? null : was, after: is };
      await recordAudit(em, { organizationId, action: 'member.saved', details });
      return after;
    });
  }

  /**
   * The members who may sign in, or those who were removed: all by name, or a page of them.
   * @throws invalid for another list's cursor
   */
  async list({
    organizationId,
    removed,
    cursor,
    limit,
  }: RequestOf<typeof listMembers>): Promise<AnswerOf<typeof listMembers>> {
    const from = readCursor(place, cursor);
    return this.database.asService(async (em) => {
      const found = await em.find(
        Member,
        {
          removedAt: removed === true ? { $ne: null } : null,
          ...(organizationId !== undefined && { organizationId }),
          ...(from !== null && {
            $or: [{ name: { $gt: from.name } }, { name: from.name, memberId: { $gt: from.memberId } }],
          }),
        },
        { orderBy: { name: 'asc', memberId: 'asc' }, ...(limit !== undefined && { limit: limit + 1 }) },
      );
      const { items, next } = pageFrom(found, limit ?? found.length, ({ name, memberId }) =>
        writeCursor({ name, memberId }),
      );
      const theirs = await readRows(em, Organization, {
        organizationId: [...new Set(items.map((member) => member.organizationId))],
      });
      const organizations = new Map(theirs.map((organization) => [organization.organizationId, organization]));
      return {
        items: items.map((member) => ({
          ...viewMember(member, organizations.get(member.organizationId)!),
          issuer: member.issuer,
          subject: member.subject,
          removedAt: member.removedAt?.toISOString() ?? null,
        })),
        next,
      };
    });
  }
}

export function viewMember(member: MemberRow, organization: OrganizationRow): MemberView {
  const { memberId, organizationId, name, email, language, roles } = member;
  return { memberId, organizationId, name, email, language, roles, organization: viewOrganization(organization) };
}

function withoutOrganization(member: MemberView) {
  const { organization: _, ...own } = member;
  return own;
}
