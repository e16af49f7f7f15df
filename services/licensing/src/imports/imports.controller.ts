import { Controller } from '@nestjs/common';
import { checkSubscriptions, exportSubscriptions, importSubscriptions, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { ImportsService } from './imports.service.js';

@Controller()
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Answers(checkSubscriptions)
  check(@Ask(checkSubscriptions) request: RequestOf<typeof checkSubscriptions>) {
    return this.imports.check(request);
  }

  @Answers(importSubscriptions)
  import(@Ask(importSubscriptions) request: RequestOf<typeof importSubscriptions>) {
    return this.imports.import(request);
  }

  @Answers(exportSubscriptions)
  export(@Ask(exportSubscriptions) request: RequestOf<typeof exportSubscriptions>) {
    return this.imports.export(request);
  }
}
