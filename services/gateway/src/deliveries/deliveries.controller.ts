import { Controller } from '@nestjs/common';
import { getDelivery } from '@tenure/contracts';
import { Services } from '@tenure/platform';
import type { AnswerOf, InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import { seeDelivery } from './deliveries.routes.js';

@Controller()
export class DeliveriesController {
  constructor(private readonly services: Services) {}

  @Serves(seeDelivery)
  get(@Sent() { actor, params }: InputOf<typeof seeDelivery>): Promise<AnswerOf<typeof seeDelivery>> {
    return this.services.ask(getDelivery, { actor, ...params });
  }
}
