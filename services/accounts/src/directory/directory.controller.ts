import { Controller } from '@nestjs/common';
import { getAccount, listAccounts, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { DirectoryService } from './directory.service.js';

@Controller()
export class DirectoryController {
  constructor(private readonly directory: DirectoryService) {}

  @Answers(getAccount)
  get(request: RequestOf<typeof getAccount>) {
    return this.directory.get(request);
  }

  @Answers(listAccounts)
  list(request: RequestOf<typeof listAccounts>) {
    return this.directory.list(request);
  }
}
