import { Controller } from '@nestjs/common';
import { retireEmailDomain, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { EmailDomainsService } from './email-domains.service.js';

@Controller()
export class EmailDomainsController {
  constructor(private readonly emailDomains: EmailDomainsService) {}

  @Answers(retireEmailDomain)
  retire(asked: RequestOf<typeof retireEmailDomain>) {
    return this.emailDomains.retire(asked);
  }
}
