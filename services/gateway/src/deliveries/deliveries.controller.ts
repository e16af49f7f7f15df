import { Controller } from '@nestjs/common';
import {
  clearMarkedAddress,
  getDelivery,
  listDeliveries,
  listMarkedAddresses,
  nameReferences,
  oneOf,
  resolveDelivery,
  type Actor,
  type AskOf,
  type DeliverySummary,
  type NamedDelivery,
} from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import { allPages } from '../downloads/all-pages.js';
import { asTable } from '../downloads/table.js';
import type { AnswerOf, InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { clearMarked, listMarked } from './marked-addresses.routes.js';
import { deliveryColumns } from './delivery-table.js';
import { downloadDeliveries, findDeliveries, resolveRoute, seeDelivery } from './deliveries.routes.js';

/** Timeout for the names, which are optional. In milliseconds. */
const namesTimeout = { timeout: 2_000 };

@Controller()
export class DeliveriesController {
  constructor(private readonly services: Services) {}

  @Serves(seeDelivery)
  get(@Sent() { actor, params }: InputOf<typeof seeDelivery>) {
    return this.services.ask(getDelivery, { actor, ...params });
  }

  @Serves(findDeliveries)
  list(@Sent() { actor, query }: InputOf<typeof findDeliveries>) {
    return this.#find({ actor, ...inState(query) });
  }

  @Serves(downloadDeliveries)
  table(@Sent() { actor, query }: InputOf<typeof downloadDeliveries>) {
    const pages = allPages((place) => this.#find({ actor, ...inState(query), ...place }));
    return asTable(pages, deliveryColumns, 'emails');
  }

  @Serves(resolveRoute)
  resolve(@Sent() { actor, params, body, idempotencyKey }: InputOf<typeof resolveRoute>) {
    return this.services.ask(resolveDelivery, { actor, key: idempotencyKey, ...params, ...body });
  }

  @Serves(listMarked)
  marked(@Sent() { actor }: InputOf<typeof listMarked>) {
    return this.services.ask(listMarkedAddresses, { actor });
  }

  @Serves(clearMarked)
  clear(@Sent() { actor, body }: InputOf<typeof clearMarked>) {
    return this.services.ask(clearMarkedAddress, { actor, ...body });
  }

  async #find(asked: AskOf<typeof listDeliveries>): Promise<AnswerOf<typeof findDeliveries>> {
    const found = await this.services.ask(listDeliveries, asked);
    return { ...found, items: await this.#named(asked.actor, found.items) };
  }

  /**
   * Adds names. If accounts is unreachable or an older version without this message, the e-mails are listed without
   * them.
   */
  async #named(actor: Actor, emails: DeliverySummary[]): Promise<NamedDelivery[]> {
    if (emails.length === 0) return emails;
    const references = emails.map(({ organizationId, accountId, applicationId }) => ({
      organizationId,
      accountId,
      applicationId,
    }));
    const named = await oneOf(this.services.ask(nameReferences, { actor, references }, namesTimeout));
    return 'answer' in named ? emails.map((email, index) => ({ ...email, about: named.answer.items[index] })) : emails;
  }
}

/** The default status: `any` if the e-mails of an address or an application are sought, otherwise `unknown`. */
function inState<Query extends InputOf<typeof downloadDeliveries>['query']>(query: Query) {
  const isSought = query.email !== undefined || query.applicationId !== undefined;
  return { status: isSought ? ('any' as const) : ('unknown' as const), ...query };
}
