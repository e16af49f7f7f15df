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
import { downloadRoute, route } from '../routes/route.js';

export const findOrganizationsRoute = route({
  method: 'get',
  path: '/organizations',
  action: 'find_organizations',
  summary: 'Find organizations by name',
  description:
    'Lists the organizations whose name contains `text`, with their numbers of active accounts and pending applications. `next` is the `cursor` of the next page.',
  query: z.strictObject({ text: searchText, cursor, limit }),
  answer: findOrganizations.answer,
});

export const downloadOrganizations = downloadRoute({
  method: 'get',
  path: '/organizations.csv',
  action: 'download_organizations',
  summary: 'Download all organizations of the list as CSV',
  query: z.strictObject({ text: searchText }),
  produces: 'text/csv',
});

export const seeOrganization = route({
  method: 'get',
  path: '/organizations/{organizationId}',
  action: 'see_organization',
  summary: 'Get an organization with the total datapoints of its active accounts and its fallback address',
  params: oneOrganization,
  answer: organizationDetails,
  errors: ['not_found'],
});

export const listOrganizationMembersRoute = route({
  method: 'get',
  path: '/organizations/{organizationId}/members',
  action: 'list_organization_members',
  summary: 'List the members of an organization',
  description:
    'SuperAdmins first, members without a role last, each with the notices about accounts that they get by e-mail. `next` is the `cursor` of the next page.',
  params: oneOrganization,
  query: z.strictObject({ cursor, limit }),
  answer: listOrganizationMembers.answer,
});

export const listOrganizationDomains = route({
  method: 'get',
  path: '/organizations/{organizationId}/email-domains',
  action: 'list_organization_email_domains',
  summary: 'List the email domains of an organization with their states',
  params: oneOrganization,
  answer: listEmailDomains.answer,
});

export const seeOrganizationDomain = route({
  method: 'get',
  path: '/organizations/{organizationId}/email-domains/{domain}',
  action: 'see_organization_email_domain',
  summary: 'Get an email domain of an organization with its DNS records and their states',
  params: oneOrganization.extend({ domain: domainName }),
  answer: emailDomainDetails,
  errors: ['not_found'],
});

export const listOrganizationMarks = route({
  method: 'get',
  path: '/organizations/{organizationId}/marked-addresses',
  action: 'list_organization_marked_addresses',
  summary: 'List the marked addresses of an organization, which get no e-mail about its accounts',
  description: "Latest first, at most 500. The organization's SuperAdmins can clear them.",
  params: oneOrganization,
  answer: listMarkedAddresses.answer,
});
