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
import { Answers } from '@tenure/platform';
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
  getOfAccount(request: RequestOf<typeof getAccountRecipients>) {
    return this.ofAccounts.get(request);
  }

  @Answers(setAccountRecipients)
  setOfAccount(request: RequestOf<typeof setAccountRecipients>) {
    return this.ofAccounts.set(request);
  }

  @Answers(getNoticeWishes)
  getWishes(request: RequestOf<typeof getNoticeWishes>) {
    return this.wishes.get(request);
  }

  @Answers(setNoticeWishes)
  setWishes(request: RequestOf<typeof setNoticeWishes>) {
    return this.wishes.set(request);
  }

  @Answers(listRecipients)
  list(request: RequestOf<typeof listRecipients>) {
    return this.recipients.list(request);
  }

  @Answers(listRecipientsOfMany)
  listMany({ asks }: RequestOf<typeof listRecipientsOfMany>) {
    return this.recipients.listMany(asks);
  }
}
