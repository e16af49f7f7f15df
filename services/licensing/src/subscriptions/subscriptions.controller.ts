import { Controller } from '@nestjs/common';
import {
  applyChange,
  cancelSubscription,
  expireSubscription,
  openSubscription,
  setSubscriptionClock,
  type RequestOf,
} from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { ChangesService } from './changes.service.js';
import { ClockService } from './clock.service.js';
import { ExpiryService } from './expiry.service.js';
import { OpeningService } from './opening.service.js';

@Controller()
export class SubscriptionsController {
  constructor(
    private readonly opening: OpeningService,
    private readonly changes: ChangesService,
    private readonly expiry: ExpiryService,
    private readonly clock: ClockService,
  ) {}

  @Answers(openSubscription)
  open(ask: RequestOf<typeof openSubscription>) {
    return this.opening.open(ask);
  }

  @Answers(cancelSubscription)
  cancel(ask: RequestOf<typeof cancelSubscription>) {
    return this.opening.cancel(ask);
  }

  @Answers(applyChange)
  apply(ask: RequestOf<typeof applyChange>) {
    return this.changes.apply(ask);
  }

  @Answers(expireSubscription)
  expire(ask: RequestOf<typeof expireSubscription>) {
    return this.expiry.expire(ask);
  }

  @Answers(setSubscriptionClock)
  setClock(ask: RequestOf<typeof setSubscriptionClock>) {
    return this.clock.set(ask);
  }
}
