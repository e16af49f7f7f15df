import { Controller } from '@nestjs/common';
import { checkAccounts, dropPreparedAccounts, exportAccounts, importAccounts, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { ExportsService } from './exports.service.js';
import { ImportsService } from './imports.service.js';

@Controller()
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly exports: ExportsService,
  ) {}

  @Answers(checkAccounts)
  check(request: RequestOf<typeof checkAccounts>) {
    return this.imports.check(request);
  }

  @Answers(importAccounts)
  import(request: RequestOf<typeof importAccounts>) {
    return this.imports.import(request);
  }

  @Answers(dropPreparedAccounts)
  drop(request: RequestOf<typeof dropPreparedAccounts>) {
    return this.imports.drop(request);
  }

  @Answers(exportAccounts)
  export(request: RequestOf<typeof exportAccounts>) {
    return this.exports.page(request);
  }
}
