import { Controller } from '@nestjs/common';
import {
  findOrganizations,
  getEmailDomain,
  listEmailDomains,
  listMarkedAddresses,
  listOrganizationMembers,
  showOrganization,
} from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import { allPages } from '../downloads/all-pages.js';
import { asTable } from '../downloads/table.js';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { organizationColumns } from './organization-table.js';
import {
  downloadOrganizations,
  findOrganizationsRoute,
  listOrganizationDomains,
  listOrganizationMarks,
  listOrganizationMembersRoute,
  seeOrganization,
  seeOrganizationDomain,
} from './organizations.routes.js';

/**
 * All organizations, read-only, for Customer Success. Each call asks one service, so that the others work while one is
 * down.
 */
@Controller()
export class OrganizationsController {
  constructor(private readonly services: Services) {}

  @Serves(findOrganizationsRoute)
  find(@Sent() { actor, query }: InputOf<typeof findOrganizationsRoute>) {
    return this.services.ask(findOrganizations, { actor, ...query });
  }

  @Serves(downloadOrganizations)
  table(@Sent() { actor, query }: InputOf<typeof downloadOrganizations>) {
    const pages = allPages((place) => this.services.ask(findOrganizations, { actor, ...query, ...place }));
    return asTable(pages, organizationColumns, 'organizations');
  }

  @Serves(seeOrganization)
  get(@Sent() { actor, params }: InputOf<typeof seeOrganization>) {
    return this.services.ask(showOrganization, { actor, ...params });
  }

  @Serves(listOrganizationMembersRoute)
  members(@Sent() { actor, params, query }: InputOf<typeof listOrganizationMembersRoute>) {
    return this.services.ask(listOrganizationMembers, { actor, ...params, ...query });
  }

  @Serves(listOrganizationDomains)
  domains(@Sent() { actor, params }: InputOf<typeof listOrganizationDomains>) {
    return this.services.ask(listEmailDomains, { actor, ...params });
  }

  @Serves(seeOrganizationDomain)
  domain(@Sent() { actor, params }: InputOf<typeof seeOrganizationDomain>) {
    return this.services.ask(getEmailDomain, { actor, ...params });
  }

  @Serves(listOrganizationMarks)
  marks(@Sent() { actor, params }: InputOf<typeof listOrganizationMarks>) {
    return this.services.ask(listMarkedAddresses, { actor, ...params });
  }
}
