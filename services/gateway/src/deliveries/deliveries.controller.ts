import { Controller } from '@nestjs/common';
import {
  clearMarkedAddress,
  getDelivery,
  listDeliveries,
  listMarkedAddresses,
  resolveDelivery,
} from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import type { AnswerOf, InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { clearMarked, listMarked } from './marked-addresses.routes.js';
import { findDeliveries, resolveRoute, seeDelivery } from './deliveries.routes.js';

@Controller()
export class DeliveriesController {
  constructor(private readonly services: Services) {}

  @Serves(seeDelivery)
  get(@Sent() { actor, params }: InputOf<typeof seeDelivery>): Promise<AnswerOf<typeof seeDelivery>> {
    return this.services.ask(getDelivery, { actor, ...params });
  }

  @Serves(findDeliveries)
  list(@Sent() { actor, query }: InputOf<typeof findDeliveries>): Promise<AnswerOf<typeof findDeliveries>> {
    const isSought = query.email !== undefined || query.applicationId !== undefined;
    return this.services.ask(listDeliveries, { actor, status: isSought ? 'any' : 'unknown', ...query });
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
