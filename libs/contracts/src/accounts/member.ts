import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { extraAddressesTold } from './account-recipients.js';
import { calendarToken } from './calendar.js';
import { contractFacts } from '../licensing/contract.js';
import { eachOf, manyOf } from '../many.js';
import { request } from '../message.js';
import { figures } from '../problem.js';
import {
  code,
  country,
  domainName,
  done,
  emailAddress,
  instant,
  knownOf,
  language,
  namesByLanguage,
  next,
  organizationName,
  pageOfAll,
  pictureUrl,
  personName,
  roles,
  spokenLanguage,
  timeZone,
  uuid,
} from '../values.js';
import { noticeGroups } from './wishes.js';

/** The `sub` claim of a token, exactly as its issuer writes it. */
const subject = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\0]*$/, 'No null characters.');

/** What every member of the organization may see. */
export const organizationView = z.object({
  organizationId: uuid,
  name: z.string(),
  country,
  timeZone,
  language: spokenLanguage,
  /** The operator's own organization, whose members may be Customer Success. */
  isOperator: z.boolean(),
  /** Shown at the top of e-mails from the organization's own domain. */
  logoUrl: z.string().nullable(),
  /** The stored logo is not used, because its address contains a user name or a password. */
  logoRefused: z.boolean().optional(),
});

/** For the operator: includes what members need not know. */
export const organizationSettings = organizationView.extend({
  /** Where reminders go when nobody else can be reached. */
  fallbackEmail: z.string().nullable(),
});

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

/** Creates an organization, or changes the one with this id. */
export const saveOrganization = request(
  'accounts.organization.save',
  ['operator'],
  z.strictObject({
    organizationId: uuid.nullable().default(null),
    name: organizationName,
    country,
    timeZone,
    language,
    isOperator: z.boolean().default(false),
    fallbackEmail: emailAddress.nullable().default(null),
    logoUrl: pictureUrl.nullable().default(null),
  }),
  organizationSettings,
);
/**
 * Sets the logo at the top of e-mails from the organization's own domain; null shows the name alone. @throws forbidden
 */
export const setOrganizationLogo = request(
  'accounts.organization.set-logo',
  ['gateway'],
  z.strictObject({ actor: actorSchema, logoUrl: pictureUrl.nullable() }),
  organizationView,
);

/** Where an e-mail goes when it can reach nobody else in the organization; null: nowhere. */
export const fallbackAddress = z.object({ fallbackEmail: z.string().nullable() });
export type FallbackAddress = z.infer<typeof fallbackAddress>;

/** @throws forbidden */
export const getFallbackAddress = request(
  'accounts.fallback-address.get',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  fallbackAddress,
);

/** @throws forbidden */
export const setFallbackAddress = request(
  'accounts.fallback-address.set',
  ['gateway'],
  z.strictObject({ actor: actorSchema, fallbackEmail: emailAddress.nullable() }),
  fallbackAddress,
);
/** By name. */
export const listOrganizations = request(
  'accounts.organization.list',
  ['operator', 'importer'],
  z.strictObject(pageOfAll),
  z.object({ items: z.array(organizationSettings), next }),
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

export const sectorView = z.object({ code, names: namesByLanguage });
export const saveSector = request(
  'accounts.sector.save',
  ['operator'],
  z.strictObject({ code, names: z.strictObject({ en: personName, es: personName }) }),
  done,
);
export const listSectors = request(
  'accounts.sector.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  z.object({ items: z.array(sectorView) }),
);

/** The recipients of a notice, by its audience, with the facts that its text needs. */
export const audiences = ['super_admins', 'applicant', 'customer_success', 'customer_success_leads'] as const;
export const listRecipients = request(
  'accounts.recipient.list',
  ['notifications'],
  z.strictObject({
    audience: z.enum(audiences),
    organizationId: uuid,
    accountId: uuid.nullable(),
    applicationId: uuid.nullable(),
    /** Creates an address for the calendar of the account's expiry. */
    calendar: z.boolean().default(false),
    /** Only SuperAdmins who receive this group of notices; absent: all. */
    group: z.enum(noticeGroups).optional(),
    /** Includes the account's extra addresses. */
    extraAddresses: z.boolean().default(false),
  }),
  z.object({
    recipients: z.array(z.object({ memberId: uuid, name: z.string(), email: z.string(), language: spokenLanguage })),
    /** Filled if requested. */
    extraAddresses: extraAddressesTold,
    fallbackEmail: z.string().nullable(),
    organization: z.object({
      name: z.string(),
      language: spokenLanguage,
      timeZone,
      logoUrl: z.string().nullable(),
    }),
    account: z
      .object({ accountName: z.string(), customerName: z.string(), timeZone, emailDomain: domainName.nullable() })
      .nullable(),
    /** The account's latest application for a renewal, for reminders. */
    renewal: z
      .object({
        status: z.string(),
        submittedAt: z.string(),
        applicantName: z.string(),
        decidedByName: z.string().nullable(),
        reason: z.string().nullable(),
      })
      .nullable(),
    /** Present if `calendar` was requested. */
    calendarToken: calendarToken.nullable(),
    application: z
      .object({
        type: z.string(),
        status: z.string(),
        reason: z.string().nullable(),
        decidedByName: z.string().nullable(),
        withdrawnByName: z.string().nullable(),
        applicantName: z.string(),
        /** The applicant is no longer a SuperAdmin of the organization: others are notified instead. */
        applicantLeft: z.boolean(),
        submittedAt: z.string(),
        failure: z.string().nullable(),
        /** The failures as codes with figures, for texts in other languages. */
        failures: z.array(z.object({ code: z.string(), figures: figures.optional() })),
        /** The request's own fields that a text may show: license, datapoints, months. */
        request: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
        /** The contract at submission, and the contract since it was fulfilled; before that, as it would be. */
        before: contractFacts.nullable(),
        after: contractFacts.nullable(),
      })
      .nullable(),
  }),
);

/** `listRecipients` for many notices. */
export const listRecipientsOfMany = request(
  'accounts.recipient.list-many',
  ['notifications'],
  manyOf(listRecipients.request),
  eachOf(listRecipients.answer),
);
