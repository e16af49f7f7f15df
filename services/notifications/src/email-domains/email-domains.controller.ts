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
  type RequestOf,
} from '@tenure/contracts';
import { Answers, CalledBy } from '@tenure/platform';
import { EmailDomainsService } from './email-domains.service.js';

@Controller()
export class EmailDomainsController {
  constructor(private readonly emailDomains: EmailDomainsService) {}

  @Answers(listEmailDomains)
  list(asked: RequestOf<typeof listEmailDomains>) {
    return this.emailDomains.list(asked);
  }

  @Answers(addEmailDomain)
  add(asked: RequestOf<typeof addEmailDomain>) {
    return this.emailDomains.add(asked);
  }

  @Answers(getEmailDomain)
  get(asked: RequestOf<typeof getEmailDomain>) {
    return this.emailDomains.get(asked);
  }

  @Answers(setEmailDomainSender)
  setSender(asked: RequestOf<typeof setEmailDomainSender>) {
    return this.emailDomains.setSender(asked);
  }

  @Answers(verifyEmailDomain)
  verify(asked: RequestOf<typeof verifyEmailDomain>) {
    return this.emailDomains.verify(asked);
  }

  @Answers(deleteEmailDomain)
  async delete(asked: RequestOf<typeof deleteEmailDomain>) {
    await this.emailDomains.delete(asked);
    return {};
  }

  @Answers(checkEmailDomain)
  check(asked: RequestOf<typeof checkEmailDomain>) {
    return this.emailDomains.check(asked);
  }

  @Answers(saveEmailDomain)
  async save(asked: RequestOf<typeof saveEmailDomain>, @CalledBy() caller: string) {
    await this.emailDomains.save(asked, caller);
    return {};
  }
}
