import { Controller } from '@nestjs/common';
import {
  findOrganizations,
  getFallbackAddress,
  listOrganizationMembers,
  listOrganizations,
  saveOrganization,
  setFallbackAddress,
  setOrganizationLogo,
  showOrganization,
  type RequestOf,
} from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { OrganizationsService } from './organizations.service.js';
import { ReviewedOrganizationsService } from './reviewed-organizations.service.js';

@Controller()
export class OrganizationsController {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly reviewed: ReviewedOrganizationsService,
  ) {}

  @Answers(saveOrganization)
  save(request: RequestOf<typeof saveOrganization>) {
    return this.organizations.save(request);
  }

  @Answers(setOrganizationLogo)
  setLogo(request: RequestOf<typeof setOrganizationLogo>) {
    return this.organizations.setLogo(request);
  }

  @Answers(getFallbackAddress)
  getFallback(request: RequestOf<typeof getFallbackAddress>) {
    return this.organizations.getFallback(request);
  }

  @Answers(setFallbackAddress)
  setFallback(request: RequestOf<typeof setFallbackAddress>) {
    return this.organizations.setFallback(request);
  }

  @Answers(findOrganizations)
  find(request: RequestOf<typeof findOrganizations>) {
    return this.reviewed.find(request);
  }

  @Answers(showOrganization)
  show(request: RequestOf<typeof showOrganization>) {
    return this.reviewed.show(request);
  }

  @Answers(listOrganizationMembers)
  listMembers(request: RequestOf<typeof listOrganizationMembers>) {
    return this.reviewed.listMembers(request);
  }

  @Answers(listOrganizations)
  list(request: RequestOf<typeof listOrganizations>) {
    return this.organizations.list(request);
  }
}
