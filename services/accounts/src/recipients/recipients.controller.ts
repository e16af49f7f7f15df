import { Controller } from '@nestjs/common';
import {
  getAccountRecipients,
  getNoticeWishes,
  listRecipients,
  listRecipientsOfMany,
  setAccountRecipients,
  setNoticeWishes,
  type RequestOf,
} from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { AccountRecipientsService } from './account-recipients.service.js';
import { RecipientsService } from './recipients.service.js';
import { WishesService } from './wishes.service.js';

@Controller()
export class RecipientsController {
  constructor(
    private readonly recipients: RecipientsService,
    private readonly wishes: WishesService,
    private readonly ofAccounts: AccountRecipientsService,
  ) {}

  @Answers(getAccountRecipients)
  getOfAccount(@Ask(getAccountRecipients) request: RequestOf<typeof getAccountRecipients>) {
    return this.ofAccounts.get(request);
  }

  @Answers(setAccountRecipients)
  setOfAccount(@Ask(setAccountRecipients) request: RequestOf<typeof setAccountRecipients>) {
    return this.ofAccounts.set(request);
  }

  @Answers(getNoticeWishes)
  getWishes(@Ask(getNoticeWishes) request: RequestOf<typeof getNoticeWishes>) {
    return this.wishes.get(request);
  }

  @Answers(setNoticeWishes)
  setWishes(@Ask(setNoticeWishes) request: RequestOf<typeof setNoticeWishes>) {
    return this.wishes.set(request);
  }

  @Answers(listRecipients)
  list(@Ask(listRecipients) request: RequestOf<typeof listRecipients>) {
    return this.recipients.list(request);
  }

  @Answers(listRecipientsOfMany)
  listMany(@Ask(listRecipientsOfMany) { asks }: RequestOf<typeof listRecipientsOfMany>) {
    return this.recipients.listMany(asks);
  }
}
