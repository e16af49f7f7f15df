import { Controller } from '@nestjs/common';
import { listRecipients, listRecipientsOfMany, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { RecipientsService } from './recipients.service.js';

@Controller()
export class RecipientsController {
  constructor(private readonly recipients: RecipientsService) {}

  @Answers(listRecipients)
  list(@Ask(listRecipients) request: RequestOf<typeof listRecipients>) {
    return this.recipients.list(request);
  }

  @Answers(listRecipientsOfMany)
  listMany(@Ask(listRecipientsOfMany) { asks }: RequestOf<typeof listRecipientsOfMany>) {
    return this.recipients.listMany(asks);
  }
}
