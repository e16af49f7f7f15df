import { Controller } from '@nestjs/common';
import {
  findOrganizations,
  listOrganizations,
  saveOrganization,
  setOrganizationLogo,
  type RequestOf,
} from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { OrganizationsService } from './organizations.service.js';

@Controller()
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationsService) {}

  @Answers(saveOrganization)
  save(@Ask(saveOrganization) request: RequestOf<typeof saveOrganization>) {
    return this.organizations.save(request);
  }

  @Answers(setOrganizationLogo)
  setLogo(@Ask(setOrganizationLogo) request: RequestOf<typeof setOrganizationLogo>) {
    return this.organizations.setLogo(request);
  }

  @Answers(findOrganizations)
  find(@Ask(findOrganizations) request: RequestOf<typeof findOrganizations>) {
    return this.organizations.find(request);
  }

  @Answers(listOrganizations)
  list(@Ask(listOrganizations) _request: RequestOf<typeof listOrganizations>) {
    return this.organizations.list();
  }
}
