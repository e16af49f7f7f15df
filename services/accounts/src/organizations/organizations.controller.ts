import { Controller } from '@nestjs/common';
import {
  findOrganizations,
  listOrganizations,
  saveOrganization,
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

  @Answers(findOrganizations)
  find(request: RequestOf<typeof findOrganizations>) {
    return this.organizations.find(request);
  }

  @Answers(listOrganizations)
  list() {
    return this.organizations.list();
  }
}
