import { Controller } from '@nestjs/common';
import { listUnfinishedSubscriptions, resumeSubscriptions, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { UnfinishedService } from './unfinished.service.js';

@Controller()
export class UnfinishedController {
  constructor(private readonly unfinished: UnfinishedService) {}

  @Answers(listUnfinishedSubscriptions)
  list(@Ask(listUnfinishedSubscriptions) request: RequestOf<typeof listUnfinishedSubscriptions>) {
    return this.unfinished.list(request);
  }

  @Answers(resumeSubscriptions)
  resume(@Ask(resumeSubscriptions) request: RequestOf<typeof resumeSubscriptions>) {
    return this.unfinished.resume(request);
  }
}
