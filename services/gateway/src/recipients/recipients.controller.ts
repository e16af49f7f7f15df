import { Controller } from '@nestjs/common';
import {
  getAccountRecipients,
  getFallbackAddress,
  getNoticeWishes,
  setAccountRecipients,
  setFallbackAddress,
  setNoticeWishes,
} from '@tenure/contracts';
import { Services } from '@tenure/platform/messaging';
import type { InputOf } from '../routes/route.js';
import { Sent, Serves } from '../routes/serves.js';
import {
  seeFallbackAddress,
  seeNoticeWishes,
  seeRecipients,
  setFallbackAddressRoute,
  setNoticeWishesRoute,
  setRecipients,
} from './recipients.routes.js';

/** Who receives e-mails: a SuperAdmin's choices, the extra addresses of an account, the fallback address. */
@Controller()
export class RecipientsController {
  constructor(private readonly services: Services) {}

  @Serves(seeNoticeWishes)
  wishes(@Sent() { actor }: InputOf<typeof seeNoticeWishes>) {
    return this.services.ask(getNoticeWishes, { actor });
  }

  @Serves(setNoticeWishesRoute)
  setWishes(@Sent() { actor, body }: InputOf<typeof setNoticeWishesRoute>) {
    return this.services.ask(setNoticeWishes, { actor, wishes: body });
  }

  @Serves(seeFallbackAddress)
  fallback(@Sent() { actor }: InputOf<typeof seeFallbackAddress>) {
    return this.services.ask(getFallbackAddress, { actor });
  }

  @Serves(setFallbackAddressRoute)
  setFallback(@Sent() { actor, body }: InputOf<typeof setFallbackAddressRoute>) {
    return this.services.ask(setFallbackAddress, { actor, ...body });
  }

  @Serves(seeRecipients)
  get(@Sent() { actor, params }: InputOf<typeof seeRecipients>) {
    return this.services.ask(getAccountRecipients, { actor, ...params });
  }

  @Serves(setRecipients)
  set(@Sent() { actor, params, body }: InputOf<typeof setRecipients>) {
    return this.services.ask(setAccountRecipients, { actor, ...params, ...body });
  }
}
