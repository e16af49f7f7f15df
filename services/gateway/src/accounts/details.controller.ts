import { Controller } from '@nestjs/common';
import { showAccount, showAllocations, type Actor, type AllocationView } from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import type { z } from 'zod';
import { emailColumns } from '../deliveries/delivery-table.js';
import { allPages } from '../downloads/all-pages.js';
import { asTable, type Columns } from '../downloads/table.js';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { downloadAllocations, downloadEmails, seeAllocations, seeEmails, type accountEmail } from './details.routes.js';
import { noticesAbout } from './notices-about.js';

type Email = z.output<typeof accountEmail>;

/** The allocations and e-mails of one account. */
@Controller()
export class AccountDetailsController {
  constructor(private readonly services: Services) {}

  @Serves(seeAllocations)
  allocations(@Sent() { actor, params, query }: InputOf<typeof seeAllocations>) {
    return this.services.ask(showAllocations, { actor, ...params, ...query });
  }

  @Serves(downloadAllocations)
  allocationTable(@Sent() { actor, params, query }: InputOf<typeof downloadAllocations>) {
    const pages = allPages((place) => this.services.ask(showAllocations, { actor, ...params, ...query, ...place }));
    return asTable(pages, allocationColumns, `allocations-${params.accountId}`);
  }

  @Serves(seeEmails)
  async emails(@Sent() { actor, params }: InputOf<typeof seeEmails>) {
    return { items: await this.#emailsOf(actor, params.accountId) };
  }

  @Serves(downloadEmails)
  emailTable(@Sent() { actor, params: { accountId } }: InputOf<typeof downloadEmails>) {
    const pages = allPages(async () => {
      const emails = await this.#emailsOf(actor, accountId);
      return { items: emails.map(({ recipient, ...email }) => ({ ...email, ...recipient })), next: null };
    });
    return asTable(pages, emailColumns, `emails-${accountId}`);
  }

  /** Also asks accounts, because notifications does not know which accounts exist. */
  async #emailsOf(actor: Actor, accountId: string): Promise<Email[]> {
    const [notices] = await Promise.all([
      noticesAbout(this.services, { actor, accountId }),
      this.services.ask(showAccount, { actor, accountId }),
    ]);
    return notices.flatMap(({ noticeId, kind, offset, termNumber, applicationId, dueAt, deliveries }) =>
      deliveries.map(({ deliveryId, name, email, sentAt, status, reason, contentsRemovedAt }) => ({
        deliveryId,
        noticeId,
        kind,
        offset,
        termNumber,
        applicationId,
        recipient: { name, email },
        dueAt,
        sentAt,
        status,
        reason,
        contentsRemovedAt,
      })),
    );
  }
}

const allocationColumns: Columns<AllocationView> = {
  deviceId: ({ deviceId }) => deviceId,
  datasource: ({ datasource }) => datasource,
  datapoints: ({ datapoints }) => datapoints,
  revision: ({ revision }) => revision,
  setBy: ({ setBy }) => setBy,
  setAt: ({ setAt }) => setAt,
};
