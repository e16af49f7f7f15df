import { Controller } from '@nestjs/common';
import { retireEmailDomain, type AnswerOf, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { EmailDomainsService } from './email-domains.service.js';

@Controller()
export class EmailDomainsController {
  constructor(private readonly emailDomains: EmailDomainsService) {}

  @Answers(retireEmailDomain)
  retire(
    @Ask(retireEmailDomain) asked: RequestOf<typeof retireEmailDomain>,
  ): Promise<AnswerOf<typeof retireEmailDomain>> {
    return this.emailDomains.retire(asked);
  }
}
