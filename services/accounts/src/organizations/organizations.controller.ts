import { Controller } from '@nestjs/common';
import {
  findOrganizations,
  getFallbackAddress,
  listOrganizations,
  saveOrganization,
  setFallbackAddress,
  setOrganizationLogo,
  type RequestOf,
} from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { OrganizationsService } from './organizations.service.js';

@Controller()
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationsService) {}

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
    return this.organizations.find(request);
  }

  @Answers(listOrganizations)
  list(request: RequestOf<typeof listOrganizations>) {
    return this.organizations.list(request);
  }
}
