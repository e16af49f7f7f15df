import { Controller, type StreamableFile } from '@nestjs/common';
import {
  clearMarkedAddress,
  getDelivery,
  listDeliveries,
  listMarkedAddresses,
  resolveDelivery,
} from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import { allPages } from '../downloads/all-pages.js';
import { asTable } from '../downloads/table.js';
import type { AnswerOf, InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { clearMarked, listMarked } from './marked-addresses.routes.js';
import { deliveryColumns } from './delivery-table.js';
import { downloadDeliveries, findDeliveries, resolveRoute, seeDelivery } from './deliveries.routes.js';

@Controller()
export class DeliveriesController {
  constructor(private readonly services: Services) {}

  @Serves(seeDelivery)
  get(@Sent() { actor, params }: InputOf<typeof seeDelivery>): Promise<AnswerOf<typeof seeDelivery>> {
    return this.services.ask(getDelivery, { actor, ...params });
  }

  @Serves(findDeliveries)
  list(@Sent() { actor, query }: InputOf<typeof findDeliveries>): Promise<AnswerOf<typeof findDeliveries>> {
    return this.services.ask(listDeliveries, { actor, ...inState(query) });
  }

  @Serves(downloadDeliveries)
  table(@Sent() { actor, query }: InputOf<typeof downloadDeliveries>): Promise<StreamableFile> {
    const pages = allPages((place) => this.services.ask(listDeliveries, { actor, ...inState(query), ...place }));
    return asTable(pages, deliveryColumns, 'emails');
  }

  @Serves(resolveRoute)
  resolve(
    @Sent() { actor, params, body, idempotencyKey }: InputOf<typeof resolveRoute>,
  ): Promise<AnswerOf<typeof resolveRoute>> {
    return this.services.ask(resolveDelivery, { actor, key: idempotencyKey, ...params, ...body });
  }

  @Serves(listMarked)
  marked(@Sent() { actor }: InputOf<typeof listMarked>): Promise<AnswerOf<typeof listMarked>> {
    return this.services.ask(listMarkedAddresses, { actor });
  }

  @Serves(clearMarked)
  clear(@Sent() { actor, body }: InputOf<typeof clearMarked>): Promise<AnswerOf<typeof clearMarked>> {
    return this.services.ask(clearMarkedAddress, { actor, ...body });
  }
}

/** Without a state: any, where it is said of what. */
function inState<Query extends InputOf<typeof downloadDeliveries>['query']>(query: Query) {
  const isSought = query.email !== undefined || query.applicationId !== undefined;
  return { status: isSought ? ('any' as const) : ('unknown' as const), ...query };
}
