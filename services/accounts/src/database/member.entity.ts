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
    /** What the member, as SuperAdmin, does not wish to be told. */
    unwanted: p.array().$type<NoticeGroup[]>().default([]),
    /** Null while they are a member. Who leaves keeps the row: what they did is theirs. */
    removedAt: p.datetime(3).strictNullable(),
    /** The last time that they came back. */
    readmittedAt: p.datetime(3).strictNullable(),
    /** The last time that all they had signed in with came to an end; null if it never did. */
    signedOutAt: p.datetime(3).strictNullable(),
    version: p.integer(),
  },
});
export type MemberRow = InferEntity<typeof Member>;
