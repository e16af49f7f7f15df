import { Controller, Res } from '@nestjs/common';
import {
  checkApplications,
  getApplication,
  listApplications,
  listDeliveries,
  previewApplication,
  submitApplication,
  summarizeApplications,
  withdrawApplication,
} from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import type { Response } from 'express';
import { deliveryColumns } from '../deliveries/delivery-table.js';
import { allPages } from '../downloads/all-pages.js';
import { asTable } from '../downloads/table.js';
import { RequestLimits } from '../http/request-limits.js';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { applicationColumns } from './application-table.js';
import {
  checkRoute,
  decideRoute,
  downloadApplicationEmails,
  downloadApplications,
  previewRoute,
  seeApplication,
  seeApplicationEmails,
  seeApplications,
  submitRoute,
  summarizeRoute,
  withdrawRoute,
} from './applications.routes.js';
import { DecisionService } from './decision.service.js';

@Controller()
export class ApplicationsController {
  constructor(
    private readonly services: Services,
    private readonly decisions: DecisionService,
    private readonly limits: RequestLimits,
  ) {}

  @Serves(previewRoute)
  preview(@Sent() { actor, body }: InputOf<typeof previewRoute>) {
    return this.services.ask(previewApplication, { actor, application: body });
  }

  @Serves(submitRoute)
  async submit(
    @Sent() { actor, body, idempotencyKey }: InputOf<typeof submitRoute>,
    @Res({ passthrough: true }) response: Response,
  ) {
    const application = await this.services.ask(submitApplication, { actor, idempotencyKey, application: body });
    response.location(addressOf(application.applicationId));
    return application;
  }

  @Serves(seeApplications)
  list(@Sent() { actor, query }: InputOf<typeof seeApplications>) {
    return this.services.ask(listApplications, { actor, ...query });
  }

  @Serves(checkRoute)
  check(@Sent() { actor, query }: InputOf<typeof checkRoute>) {
    return this.services.ask(checkApplications, { actor, ...query });
  }

  @Serves(summarizeRoute)
  summarize(@Sent() { actor, query }: InputOf<typeof summarizeRoute>) {
    return this.services.ask(summarizeApplications, { actor, ...query });
  }

  @Serves(downloadApplications)
  table(@Sent() { actor, query }: InputOf<typeof downloadApplications>) {
    const pages = allPages((place) => this.services.ask(listApplications, { actor, ...query, ...place }));
    return asTable(pages, applicationColumns, 'applications');
  }

  @Serves(seeApplication)
  get(@Sent() { actor, params }: InputOf<typeof seeApplication>) {
    return this.services.ask(getApplication, { actor, ...params });
  }

  /** Also asks accounts, because notifications does not know which applications exist. */
  @Serves(seeApplicationEmails)
  async emails(@Sent() { actor, params, query }: InputOf<typeof seeApplicationEmails>) {
    const [emails] = await Promise.all([
      this.services.ask(listDeliveries, { actor, status: 'any', ...params, ...query }),
      this.services.ask(getApplication, { actor, ...params }),
    ]);
    return emails;
  }

  @Serves(downloadApplicationEmails)
  async emailTable(@Sent() { actor, params }: InputOf<typeof downloadApplicationEmails>) {
    const application = await this.services.ask(getApplication, { actor, ...params });
    const { organizationName, accountName } = application;
    const about = { organizationName, accountName, application };
    const pages = allPages(async (place) => {
      const { items, next } = await this.services.ask(listDeliveries, { actor, status: 'any', ...params, ...place });
      return { items: items.map((email) => ({ ...email, about })), next };
    });
    return asTable(pages, deliveryColumns, `emails-${params.applicationId}`);
  }

  @Serves(withdrawRoute)
  async withdraw(
    @Sent() { actor, params, idempotencyKey }: InputOf<typeof withdrawRoute>,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.limits.countWithdrawal(actor.organizationId, response);
    return this.services.ask(withdrawApplication, { actor, ...params, idempotencyKey });
  }

  @Serves(decideRoute)
  async decide(
    @Sent() { actor, params, body, idempotencyKey }: InputOf<typeof decideRoute>,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { applicationId } = params;
    const outcome = await this.decisions.decide(actor, { applicationId, idempotencyKey, ...body });
    if (outcome.settled) return outcome.application;
    const application = addressOf(applicationId);
    response.status(202).location(application);
    return { decisionId: outcome.decisionId, application };
  }
}

const addressOf = (applicationId: string) => `/api/applications/${applicationId}`;
