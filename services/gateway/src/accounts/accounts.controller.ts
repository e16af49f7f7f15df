import { Controller } from '@nestjs/common';
import { showAccount, listAccountNames, listZone } from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import { allPages } from '../downloads/all-pages.js';
import { asTable } from '../downloads/table.js';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { accountColumns } from './account-table.js';
import { downloadAccounts, seeAccount, seeAccountNames, seeAccounts, seeTimeline } from './accounts.routes.js';
import { timelineOf } from './timeline-of.js';

@Controller()
export class AccountsController {
  constructor(private readonly services: Services) {}

  @Serves(seeAccounts)
  list(@Sent() { actor, query }: InputOf<typeof seeAccounts>) {
    return this.services.ask(listZone, { actor, ...query });
  }

  @Serves(downloadAccounts)
  table(@Sent() { actor, query }: InputOf<typeof downloadAccounts>) {
    const pages = allPages((place) => this.services.ask(listZone, { actor, ...query, ...place }));
    return asTable(pages, accountColumns, `${query.zone}-accounts`);
  }

  // Before the route of one account, which would match this address too.
  @Serves(seeAccountNames)
  names(@Sent() { actor, query }: InputOf<typeof seeAccountNames>) {
    return this.services.ask(listAccountNames, { actor, ...query });
  }

  @Serves(seeAccount)
  get(@Sent() { actor, params }: InputOf<typeof seeAccount>) {
    return this.services.ask(showAccount, { actor, ...params });
  }

  @Serves(seeTimeline)
  timeline(@Sent() { actor, params }: InputOf<typeof seeTimeline>) {
    return timelineOf(this.services, { actor, ...params });
  }
}
