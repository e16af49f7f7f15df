import { Controller } from '@nestjs/common';
import { getDelivery, listDeliveries, resolveDelivery, type RequestOf } from '@tenure/contracts';
import { Answers, CalledBy } from '@tenure/platform';
import { DeliveriesService } from './deliveries.service.js';
import { ResolutionService } from './resolution.service.js';

@Controller()
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveriesService,
    private readonly resolution: ResolutionService,
  ) {}

  @Answers(getDelivery)
  get(asked: RequestOf<typeof getDelivery>) {
    return this.deliveries.get(asked);
  }

  @Answers(listDeliveries)
  list(asked: RequestOf<typeof listDeliveries>) {
    return this.deliveries.list(asked);
  }

  @Answers(resolveDelivery)
  async resolve(asked: RequestOf<typeof resolveDelivery>, @CalledBy() caller: string) {
    await this.resolution.resolve(asked, caller);
    return this.deliveries.get(asked);
  }
}
