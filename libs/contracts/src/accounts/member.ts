import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import {
  emailAddress,
  instant,
  knownOf,
  language,
  next,
  pageOfAll,
  personName,
  roles,
  spokenLanguage,
  uuid,
} from '../values.js';
import { organizationView } from './organization.js';

/** The `sub` claim of a token, exactly as its issuer writes it. */
const subject = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\0]*$/, 'No null characters.');

export const memberView = z.object({
  memberId: uuid,
  organizationId: uuid,
  name: z.string(),
  email: z.string(),
  language: spokenLanguage,
  /** Roles that this version does not know grant nothing. */
  roles: knownOf(roles),
  organization: organizationView,
});
export type MemberView = z.infer<typeof memberView>;

/** A person as the identity provider knows them. */
const identity = z.strictObject({ issuer: z.url(), subject });

/**
 * Identifies who signed in: a token carries only issuer and `sub`. @throws member_unknown, also for a removed member
 */
export const identifyMember = request(
  'accounts.member.identify',
  ['gateway'],
  identity,
  memberView.extend({
    /** If the member was removed and readmitted: earlier sessions and tokens are invalid. */
    readmittedAt: instant.optional(),
    /** If the member signed out everywhere: earlier sessions and tokens are invalid. */
    signedOutAt: instant.optional(),
  }),
);

/** The current names of members, also of other organizations: applicants may know who decided. @throws forbidden */
export const nameMembers = request(
  'accounts.member.name',
  ['gateway'],
  // One page of an audit trail: the authors, and the members whom it is about.
  z.strictObject({ actor: actorSchema, memberIds: z.array(uuid).max(400) }),
  z.object({ items: z.array(z.object({ memberId: uuid, name: z.string() })) }),
);

/** Sets the member's own language, for pages and e-mails. */
export const setLanguage = request(
  'accounts.member.set-language',
  ['gateway'],
  z.strictObject({ actor: actorSchema, language }),
  memberView,
);

/**
 * Creates a member, or changes the one with this issuer and subject. Customer Success roles only in the operator's own
 * organization. @throws member_removed for a member who has to be readmitted first
 */
export const saveMember = request(
  'accounts.member.save',
  ['operator'],
  z.strictObject({
    organizationId: uuid,
    issuer: z.url(),
    subject,
    name: personName,
    email: emailAddress,
    language,
    roles: z.array(z.enum(roles)).max(3),
  }),
  memberView,
);

/** By name. */
export const listMembers = request(
  'accounts.member.list',
  ['operator'],
  z.strictObject({
    ...pageOfAll,
    organizationId: uuid.optional(),
    /** Lists removed members instead of those who may sign in. */
    removed: z.boolean().optional(),
  }),
  z.object({
    items: z.array(memberView.extend({ issuer: z.string(), subject: z.string(), removedAt: instant.nullable() })),
    next,
  }),
);

/**
 * Removes a member: no sign-in, no role, no e-mails as a member. What they did stays on record. A repeat changes
 * nothing. @throws not_found
 */
export const removeMember = request(
  'accounts.member.remove',
  ['operator'],
  identity,
  z.object({
    name: z.string(),
    organization: organizationView,
    removedAt: instant,
    /** How many SuperAdmins the organization has left. */
    superAdminsLeft: z.int(),
    /**
     * Places where SuperAdmins entered the address, which is still notified: only they can say whether that is right.
     */
    stillTold: z.object({
      asFallbackAddress: z.boolean(),
      /** How many accounts have it as an extra address. */
      ofAccounts: z.int(),
    }),
  }),
);

/** Readmits a removed member, without a role. A member who was not removed stays unchanged. @throws not_found */
export const readmitMember = request('accounts.member.readmit', ['operator'], identity, memberView);

/**
 * Invalidates every sign-in that the member has made until now; nothing else changes. Sent by the gateway for the
 * member, or by an operator at the member's request. @throws not_found, member_removed
 */
export const signOutEverywhere = request(
  'accounts.member.sign-out-everywhere',
  ['gateway', 'operator'],
  identity,
  z.object({ name: z.string(), signedOutAt: instant }),
);
