import { Controller } from '@nestjs/common';
import { listUnfinishedSubscriptions, resumeSubscriptions, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { UnfinishedService } from './unfinished.service.js';

@Controller()
export class UnfinishedController {
  constructor(private readonly unfinished: UnfinishedService) {}

  @Answers(listUnfinishedSubscriptions)
  list(request: RequestOf<typeof listUnfinishedSubscriptions>) {
    return this.unfinished.list(request);
  }

  @Answers(resumeSubscriptions)
  resume(request: RequestOf<typeof resumeSubscriptions>) {
    return this.unfinished.resume(request);
  }
}
