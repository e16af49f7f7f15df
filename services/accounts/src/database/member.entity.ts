import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { Language, NoticeGroup, Role } from '@tenure/contracts';

/** A person's login in an organization, known by the issuer and `sub` of a token. */
export const Member = defineEntity({
  name: 'Member',
  tableName: 'members',
  properties: {
    memberId: p.uuid().primary(),
    organizationId: p.uuid(),
    issuer: p.text(),
    subject: p.text(),
    name: p.text(),
    email: p.text(),
    language: p.text().$type<Language>(),
    roles: p.array().$type<Role[]>(),
    /** The notices that the member, as SuperAdmin, has turned off. */
    unwanted: p.array().$type<NoticeGroup[]>().default([]),
    /**
     * Null while they are a member. The row stays when they leave, because the records of what they did refer to it.
     */
    removedAt: p.datetime(3).strictNullable(),
    /** When they were last readmitted. */
    readmittedAt: p.datetime(3).strictNullable(),
    /** When all their sessions last ended, by a sign-out everywhere of their own or by an operator; null if never. */
    signedOutAt: p.datetime(3).strictNullable(),
    version: p.integer(),
  },
});
export type MemberRow = InferEntity<typeof Member>;
