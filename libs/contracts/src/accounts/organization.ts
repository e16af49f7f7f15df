import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { cursor, instant, knownOf, limit, pageOf, roles, searchText, spokenLanguage, uuid } from '../values.js';
import { organizationSettings } from './member.js';
import { noticeGroups } from './wishes.js';

/** Organizations as Customer Success sees them: every one, to read only. */

const upTo = 'Exact up to 10,000, and 10,001 beyond.';

/** By name, those of which `text` is a part. @throws forbidden */
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
    .describe('Of all its active accounts together; null where they are more than 2,000.'),
});
export type OrganizationDetails = z.infer<typeof organizationDetails>;

/** @throws forbidden, not_found */
export const showOrganization = request(
  'accounts.organization.show',
  ['gateway'],
  z.strictObject({ actor: actorSchema, organizationId: uuid }),
  organizationDetails,
);

/** A member as whoever helps them has to know them. */
export const organizationMember = z.object({
  memberId: uuid,
  name: z.string(),
  email: z.string(),
  language: spokenLanguage,
  roles: knownOf(roles),
  told: knownOf(noticeGroups).describe('What they are told of each account, as a SuperAdmin.'),
  since: instant.nullable().describe('When they became a member, or came back as one.'),
});
export type OrganizationMember = z.infer<typeof organizationMember>;

/** Who may sign in: SuperAdmins first, those without a role last, by name. Of an organization that is not there, none. @throws forbidden */
export const listOrganizationMembers = request(
  'accounts.organization.list-members',
  ['gateway'],
  z.strictObject({ actor: actorSchema, organizationId: uuid, cursor, limit }),
  pageOf(organizationMember),
);
