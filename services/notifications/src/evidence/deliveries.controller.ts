import { Controller } from '@nestjs/common';
import { getDelivery, type AnswerOf, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { DeliveriesService } from './deliveries.service.js';

@Controller()
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Answers(getDelivery)
  get(@Ask(getDelivery) asked: RequestOf<typeof getDelivery>): Promise<AnswerOf<typeof getDelivery>> {
    return this.deliveries.get(asked);
  }
}
