import { Controller, Res } from '@nestjs/common';
import {
  addEmailDomain,
  deleteEmailDomain,
  getEmailDomain,
  setEmailDomainSender,
  setOrganizationLogo,
  verifyEmailDomain,
} from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import type { Response } from 'express';
import { RequestLimits } from '../http/request-limits.js';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { callerOf } from '../sign-in/callers.js';
import { Members } from '../sign-in/members.js';
import {
  addEmailDomainRoute,
  deleteEmailDomainRoute,
  seeEmailDomain,
  setEmailDomainSenderRoute,
  setLogoRoute,
  verifyEmailDomainRoute,
} from './email-domains.routes.js';

/** Timeout in milliseconds. Notifications queries the provider meanwhile: a few requests of up to ten seconds each. */
const providerTimeout = { timeout: 30_000 };

/** An organization's own email domains, and the logo at the top of the e-mails from them. */
@Controller()
export class EmailDomainsController {
  constructor(
    private readonly services: Services,
    private readonly members: Members,
    private readonly limits: RequestLimits,
  ) {}

  @Serves(addEmailDomainRoute)
  async add(
    @Sent() { actor, body }: InputOf<typeof addEmailDomainRoute>,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.limits.countAskOfProvider(actor.organizationId, response);
    return this.services.ask(addEmailDomain, { actor, ...body }, providerTimeout);
  }

  @Serves(seeEmailDomain)
  get(@Sent() { actor, params }: InputOf<typeof seeEmailDomain>) {
    return this.services.ask(getEmailDomain, { actor, ...params });
  }

  @Serves(setEmailDomainSenderRoute)
  setSender(@Sent() { actor, params, body }: InputOf<typeof setEmailDomainSenderRoute>) {
    return this.services.ask(setEmailDomainSender, { actor, ...params, ...body });
  }

  @Serves(setLogoRoute)
  async setLogo(@Sent() { actor, body }: InputOf<typeof setLogoRoute>, @Res({ passthrough: true }) response: Response) {
    const organization = await this.services.ask(setOrganizationLogo, { actor, ...body });
    this.members.forget(callerOf(response).identity);
    return organization;
  }

  @Serves(verifyEmailDomainRoute)
  async verify(
    @Sent() { actor, params }: InputOf<typeof verifyEmailDomainRoute>,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.limits.countAskOfProvider(actor.organizationId, response);
    return this.services.ask(verifyEmailDomain, { actor, ...params }, providerTimeout);
  }

  @Serves(deleteEmailDomainRoute)
  delete(@Sent() { actor, params }: InputOf<typeof deleteEmailDomainRoute>) {
    return this.services.ask(deleteEmailDomain, { actor, ...params }, providerTimeout);
  }
}
