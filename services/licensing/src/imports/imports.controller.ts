import { Controller } from '@nestjs/common';
import { checkSubscriptions, exportSubscriptions, importSubscriptions, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { ImportsService } from './imports.service.js';

@Controller()
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Answers(checkSubscriptions)
  check(request: RequestOf<typeof checkSubscriptions>) {
    return this.imports.check(request);
  }

  @Answers(importSubscriptions)
  import(request: RequestOf<typeof importSubscriptions>) {
    return this.imports.import(request);
  }

  @Answers(exportSubscriptions)
  export(request: RequestOf<typeof exportSubscriptions>) {
    return this.imports.export(request);
  }
}
