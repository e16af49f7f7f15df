import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { cursor, instant, knownOf, limit, pageOf, roles, searchText, spokenLanguage, uuid } from '../values.js';
import { organizationSettings } from './organization.js';
import { noticeGroups } from './wishes.js';

/** Organizations as Customer Success sees them: all of them, read-only. */

const upTo = 'Exact up to 10,000; 10,001 means more.';

/** Organizations whose name contains each word of `text`, by name. @throws forbidden */
export const findOrganizations = request(
  'accounts.organization.find',
  ['gateway'],
  z.strictObject({ actor: actorSchema, text: searchText, cursor, limit }),
  pageOf(
    z.object({
      organizationId: uuid,
      name: z.string(),
      country: z.string().optional(),
      activeAccounts: z.int().optional().describe(upTo),
      pendingApplications: z.int().optional().describe(upTo),
    }),
  ),
);

export const organizationDetails = organizationSettings.extend({
  datapoints: z
    .object({ contracted: z.int(), used: z.int() })
    .nullable()
    .describe('Totals of all active accounts; null if there are more than 2,000.'),
});
export type OrganizationDetails = z.infer<typeof organizationDetails>;

/** @throws forbidden, not_found */
export const showOrganization = request(
  'accounts.organization.show',
  ['gateway'],
  z.strictObject({ actor: actorSchema, organizationId: uuid }),
  organizationDetails,
);

/** A member, with what Customer Success needs to know to help them. */
export const organizationMember = z.object({
  memberId: uuid,
  name: z.string(),
  email: z.string(),
  language: spokenLanguage,
  roles: knownOf(roles),
  told: knownOf(noticeGroups).describe('The groups of notices that they receive about each account, as a SuperAdmin.'),
  since: instant.nullable().describe('When they became a member or were readmitted.'),
});
export type OrganizationMember = z.infer<typeof organizationMember>;

/**
 * Members who may sign in: SuperAdmins first, those without a role last, each by name. Empty for an unknown
 * organization. @throws forbidden
 */
export const listOrganizationMembers = request(
  'accounts.organization.list-members',
  ['gateway'],
  z.strictObject({ actor: actorSchema, organizationId: uuid, cursor, limit }),
  pageOf(organizationMember),
);
