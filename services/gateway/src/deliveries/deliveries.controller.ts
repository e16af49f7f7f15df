import { Controller } from '@nestjs/common';
import { getDelivery, listDeliveries, resolveDelivery } from '@tenure/contracts';
import { Services } from '@tenure/platform';
import type { AnswerOf, InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { listUnknown, resolveRoute, seeDelivery } from './deliveries.routes.js';

@Controller()
export class DeliveriesController {
  constructor(private readonly services: Services) {}

  @Serves(seeDelivery)
  get(@Sent() { actor, params }: InputOf<typeof seeDelivery>): Promise<AnswerOf<typeof seeDelivery>> {
    return this.services.ask(getDelivery, { actor, ...params });
  }

  @Serves(listUnknown)
  list(@Sent() { actor, query }: InputOf<typeof listUnknown>): Promise<AnswerOf<typeof listUnknown>> {
    return this.services.ask(listDeliveries, { actor, ...query });
  }

  @Serves(resolveRoute)
  resolve(
    @Sent() { actor, params, body, idempotencyKey }: InputOf<typeof resolveRoute>,
  ): Promise<AnswerOf<typeof resolveRoute>> {
    return this.services.ask(resolveDelivery, { actor, key: idempotencyKey, ...params, ...body });
  }
}
