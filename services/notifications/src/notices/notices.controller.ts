import { Controller } from '@nestjs/common';
import { listNotices, requestManyNotices, requestNotice, type AnswerOf, type RequestOf } from '@tenure/contracts';
import { Answers, Ask, CalledBy } from '@tenure/platform';
import { NoticesService } from './notices.service.js';

@Controller()
export class NoticesController {
  constructor(private readonly notices: NoticesService) {}

  @Answers(requestNotice)
  request(
    @Ask(requestNotice) asked: RequestOf<typeof requestNotice>,
    @CalledBy() caller: string,
  ): Promise<AnswerOf<typeof requestNotice>> {
    return this.notices.request(asked, caller);
  }

  @Answers(requestManyNotices)
  requestMany(
    @Ask(requestManyNotices) { asks }: RequestOf<typeof requestManyNotices>,
    @CalledBy() caller: string,
  ): Promise<AnswerOf<typeof requestManyNotices>> {
    return this.notices.requestMany(asks, caller);
  }

  @Answers(listNotices)
  list(@Ask(listNotices) asked: RequestOf<typeof listNotices>): Promise<AnswerOf<typeof listNotices>> {
    return this.notices.list(asked);
  }
}
