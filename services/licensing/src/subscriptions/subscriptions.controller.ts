import { Controller } from '@nestjs/common';
import {
  applyChange,
  cancelSubscription,
  expireSubscription,
  openSubscription,
  setSubscriptionClock,
  type RequestOf,
} from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { ClockService } from './clock.service.js';
import { SubscriptionsService } from './subscriptions.service.js';

@Controller()
export class SubscriptionsController {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly clock: ClockService,
  ) {}

  @Answers(openSubscription)
  open(@Ask(openSubscription) ask: RequestOf<typeof openSubscription>) {
    return this.subscriptions.open(ask);
  }

  @Answers(cancelSubscription)
  cancel(@Ask(cancelSubscription) ask: RequestOf<typeof cancelSubscription>) {
    return this.subscriptions.cancel(ask);
  }

  @Answers(applyChange)
  apply(@Ask(applyChange) ask: RequestOf<typeof applyChange>) {
    return this.subscriptions.apply(ask);
  }

  @Answers(expireSubscription)
  expire(@Ask(expireSubscription) ask: RequestOf<typeof expireSubscription>) {
    return this.subscriptions.expire(ask);
  }

  @Answers(setSubscriptionClock)
  setClock(@Ask(setSubscriptionClock) ask: RequestOf<typeof setSubscriptionClock>) {
    return this.clock.set(ask);
  }
}
