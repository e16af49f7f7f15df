import { Controller } from '@nestjs/common';
import { rebuildContracts, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { RebuildService } from './rebuild.service.js';

@Controller()
export class ContractsController {
  constructor(private readonly contracts: RebuildService) {}

  @Answers(rebuildContracts)
  rebuild(request: RequestOf<typeof rebuildContracts>) {
    return this.contracts.rebuild(request);
  }
}
