import { Controller } from '@nestjs/common';
import { listNotices, requestManyNotices, requestNotice, type RequestOf } from '@tenure/contracts';
import { Answers, CalledBy } from '@tenure/platform';
import { NoticesService } from './notices.service.js';

@Controller()
export class NoticesController {
  constructor(private readonly notices: NoticesService) {}

  @Answers(requestNotice)
  request(asked: RequestOf<typeof requestNotice>, @CalledBy() caller: string) {
    return this.notices.request(asked, caller);
  }

  @Answers(requestManyNotices)
  requestMany({ asks }: RequestOf<typeof requestManyNotices>, @CalledBy() caller: string) {
    return this.notices.requestMany(asks, caller);
  }

  @Answers(listNotices)
  list(asked: RequestOf<typeof listNotices>) {
    return this.notices.list(asked);
  }
}
