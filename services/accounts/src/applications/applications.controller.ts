import { Controller } from '@nestjs/common';
import {
  checkApplications,
  getApplication,
  inspectApplication,
  lapseApplication,
  listApplications,
  previewApplication,
  submitApplication,
  summarizeApplications,
  withdrawApplication,
  type RequestOf,
} from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { ApplicationsService } from './applications.service.js';
import { CheckService } from './check.service.js';
import { SubmissionService } from './submission.service.js';
import { SummaryService } from './summary.service.js';

@Controller()
export class ApplicationsController {
  constructor(
    private readonly submission: SubmissionService,
    private readonly applications: ApplicationsService,
    private readonly checks: CheckService,
    private readonly summary: SummaryService,
  ) {}

  @Answers(previewApplication)
  preview(request: RequestOf<typeof previewApplication>) {
    return this.submission.preview(request);
  }

  @Answers(submitApplication)
  submit(request: RequestOf<typeof submitApplication>) {
    return this.submission.submit(request);
  }

  @Answers(listApplications)
  list(request: RequestOf<typeof listApplications>) {
    return this.applications.list(request);
  }

  @Answers(getApplication)
  get(request: RequestOf<typeof getApplication>) {
    return this.applications.get(request);
  }

  @Answers(checkApplications)
  check(request: RequestOf<typeof checkApplications>) {
    return this.checks.check(request);
  }

  @Answers(summarizeApplications)
  summarize(request: RequestOf<typeof summarizeApplications>) {
    return this.summary.summarize(request);
  }

  @Answers(withdrawApplication)
  withdraw(request: RequestOf<typeof withdrawApplication>) {
    return this.applications.withdraw(request);
  }

  @Answers(inspectApplication)
  inspect(request: RequestOf<typeof inspectApplication>) {
    return this.applications.inspect(request);
  }

  @Answers(lapseApplication)
  lapse(request: RequestOf<typeof lapseApplication>) {
    return this.applications.lapse(request);
  }
}
