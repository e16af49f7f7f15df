import {
  cursor,
  domainName,
  emailDomainDetails,
  findOrganizations,
  limit,
  listEmailDomains,
  listMarkedAddresses,
  listOrganizationMembers,
  organizationDetails,
  searchText,
} from '@tenure/contracts';
import { z } from 'zod';
import { oneOrganization } from '../routes/params.js';
import { route } from '../routes/route.js';

export const findOrganizationsRoute = route({
  method: 'get',
  path: '/organizations',
  action: 'find_organizations',
  summary: 'Organizations by name',
  description:
    'Those of whose name `text` is a part, with how many active accounts and pending applications each has. `next` is the `cursor` of the following page.',
  query: z.strictObject({ text: searchText, cursor, limit }),
  answer: findOrganizations.answer,
});

export const seeOrganization = route({
  method: 'get',
  path: '/organizations/{organizationId}',
  action: 'see_organization',
  summary: 'An organization, with the datapoints of its active accounts together and its fallback address',
  params: oneOrganization,
  answer: organizationDetails,
  errors: ['not_found'],
});

export const listOrganizationMembersRoute = route({
  method: 'get',
  path: '/organizations/{organizationId}/members',
  action: 'list_organization_members',
  summary: 'Who may sign in for an organization',
  description:
    'SuperAdmins first, members without a role last, each with what they are told of accounts by e-mail. `next` is the `cursor` of the following page.',
  params: oneOrganization,
  query: z.strictObject({ cursor, limit }),
  answer: listOrganizationMembers.answer,
});

export const listOrganizationDomains = route({
  method: 'get',
  path: '/organizations/{organizationId}/email-domains',
  action: 'list_organization_email_domains',
  summary: 'The e-mail domains of an organization, each with its state',
  params: oneOrganization,
  answer: listEmailDomains.answer,
});

export const seeOrganizationDomain = route({
  method: 'get',
  path: '/organizations/{organizationId}/email-domains/{domain}',
  action: 'see_organization_email_domain',
  summary: 'An e-mail domain of an organization with its records, each with its state',
  params: oneOrganization.extend({ domain: domainName }),
  answer: emailDomainDetails,
  errors: ['not_found'],
});

export const listOrganizationMarks = route({
  method: 'get',
  path: '/organizations/{organizationId}/marked-addresses',
  action: 'list_organization_marked_addresses',
  summary: 'Addresses that nothing is sent to about the accounts of an organization',
  description: 'Latest first, at most 500. Its SuperAdmins can have them written to again.',
  params: oneOrganization,
  answer: listMarkedAddresses.answer,
});
