import { Controller } from '@nestjs/common';
import { getDelivery, listDeliveries, resolveDelivery, type AnswerOf, type RequestOf } from '@tenure/contracts';
import { Answers, Ask, CalledBy } from '@tenure/platform';
import { DeliveriesService } from './deliveries.service.js';
import { ResolutionService } from './resolution.service.js';

@Controller()
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveriesService,
    private readonly resolution: ResolutionService,
  ) {}

  @Answers(getDelivery)
  get(@Ask(getDelivery) asked: RequestOf<typeof getDelivery>): Promise<AnswerOf<typeof getDelivery>> {
    return this.deliveries.get(asked);
  }

  @Answers(listDeliveries)
  list(@Ask(listDeliveries) asked: RequestOf<typeof listDeliveries>): Promise<AnswerOf<typeof listDeliveries>> {
    return this.deliveries.list(asked);
  }

  @Answers(resolveDelivery)
  async resolve(
    @Ask(resolveDelivery) asked: RequestOf<typeof resolveDelivery>,
    @CalledBy() caller: string,
  ): Promise<AnswerOf<typeof resolveDelivery>> {
    await this.resolution.resolve(asked, caller);
    return this.deliveries.get(asked);
  }
}
