import { Controller } from '@nestjs/common';
import { addEmailDomain, deleteEmailDomain, getEmailDomain, verifyEmailDomain } from '@tenure/contracts';
import { Services } from '@tenure/platform';
import type { AnswerOf, InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import {
  addEmailDomainRoute,
  deleteEmailDomainRoute,
  seeEmailDomain,
  verifyEmailDomainRoute,
} from './email-domains.routes.js';

/** The provider is asked while somebody waits: a few requests of up to ten seconds. */
const patience = { timeout: 30_000 };

/** An organization's own domains. */
@Controller()
export class EmailDomainsController {
  constructor(private readonly services: Services) {}

  @Serves(addEmailDomainRoute)
  add(@Sent() { actor, body }: InputOf<typeof addEmailDomainRoute>): Promise<AnswerOf<typeof addEmailDomainRoute>> {
    return this.services.ask(addEmailDomain, { actor, ...body }, patience);
  }

  @Serves(seeEmailDomain)
  get(@Sent() { actor, params }: InputOf<typeof seeEmailDomain>): Promise<AnswerOf<typeof seeEmailDomain>> {
    return this.services.ask(getEmailDomain, { actor, ...params });
  }

  @Serves(verifyEmailDomainRoute)
  verify(
    @Sent() { actor, params }: InputOf<typeof verifyEmailDomainRoute>,
  ): Promise<AnswerOf<typeof verifyEmailDomainRoute>> {
    return this.services.ask(verifyEmailDomain, { actor, ...params }, patience);
  }

  @Serves(deleteEmailDomainRoute)
  delete(
    @Sent() { actor, params }: InputOf<typeof deleteEmailDomainRoute>,
  ): Promise<AnswerOf<typeof deleteEmailDomainRoute>> {
    return this.services.ask(deleteEmailDomain, { actor, ...params }, patience);
  }
}
