import { Controller } from '@nestjs/common';
import { checkEmailDomain, listEmailDomains, saveEmailDomain, type AnswerOf, type RequestOf } from '@tenure/contracts';
import { Answers, Ask, CalledBy } from '@tenure/platform';
import { EmailDomainsService } from './email-domains.service.js';

@Controller()
export class EmailDomainsController {
  constructor(private readonly emailDomains: EmailDomainsService) {}

  @Answers(listEmailDomains)
  list(@Ask(listEmailDomains) asked: RequestOf<typeof listEmailDomains>): Promise<AnswerOf<typeof listEmailDomains>> {
    return this.emailDomains.list(asked);
  }

  @Answers(checkEmailDomain)
  check(@Ask(checkEmailDomain) asked: RequestOf<typeof checkEmailDomain>): Promise<AnswerOf<typeof checkEmailDomain>> {
    return this.emailDomains.check(asked);
  }

  @Answers(saveEmailDomain)
  async save(
    @Ask(saveEmailDomain) asked: RequestOf<typeof saveEmailDomain>,
    @CalledBy() caller: string,
  ): Promise<AnswerOf<typeof saveEmailDomain>> {
    await this.emailDomains.save(asked, caller);
    return {};
  }
}
