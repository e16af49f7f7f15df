import { Controller } from '@nestjs/common';
import { listUnfinishedApplications, resumeApplications, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { UnfinishedService } from './unfinished.service.js';

@Controller()
export class UnfinishedController {
  constructor(private readonly unfinished: UnfinishedService) {}

  @Answers(listUnfinishedApplications)
  list(request: RequestOf<typeof listUnfinishedApplications>) {
    return this.unfinished.list(request);
  }

  @Answers(resumeApplications)
  resume(request: RequestOf<typeof resumeApplications>) {
    return this.unfinished.resume(request);
  }
}
