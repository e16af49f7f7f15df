import { Controller } from '@nestjs/common';
import {
  addEmailDomain,
  checkEmailDomain,
  deleteEmailDomain,
  getEmailDomain,
  listEmailDomains,
  saveEmailDomain,
  setEmailDomainSender,
  verifyEmailDomain,
  type AnswerOf,
  type RequestOf,
} from '@tenure/contracts';
import { Answers, Ask, CalledBy } from '@tenure/platform';
import { EmailDomainsService } from './email-domains.service.js';

@Controller()
export class EmailDomainsController {
  constructor(private readonly emailDomains: EmailDomainsService) {}

  @Answers(listEmailDomains)
  list(@Ask(listEmailDomains) asked: RequestOf<typeof listEmailDomains>): Promise<AnswerOf<typeof listEmailDomains>> {
    return this.emailDomains.list(asked);
  }

  @Answers(addEmailDomain)
  add(@Ask(addEmailDomain) asked: RequestOf<typeof addEmailDomain>): Promise<AnswerOf<typeof addEmailDomain>> {
    return this.emailDomains.add(asked);
  }

  @Answers(getEmailDomain)
  get(@Ask(getEmailDomain) asked: RequestOf<typeof getEmailDomain>): Promise<AnswerOf<typeof getEmailDomain>> {
    return this.emailDomains.get(asked);
  }

  @Answers(setEmailDomainSender)
  setSender(
    @Ask(setEmailDomainSender) asked: RequestOf<typeof setEmailDomainSender>,
  ): Promise<AnswerOf<typeof setEmailDomainSender>> {
    return this.emailDomains.setSender(asked);
  }

  @Answers(verifyEmailDomain)
  verify(
    @Ask(verifyEmailDomain) asked: RequestOf<typeof verifyEmailDomain>,
  ): Promise<AnswerOf<typeof verifyEmailDomain>> {
    return this.emailDomains.verify(asked);
  }

  @Answers(deleteEmailDomain)
  async delete(
    @Ask(deleteEmailDomain) asked: RequestOf<typeof deleteEmailDomain>,
  ): Promise<AnswerOf<typeof deleteEmailDomain>> {
    await this.emailDomains.delete(asked);
    return {};
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
