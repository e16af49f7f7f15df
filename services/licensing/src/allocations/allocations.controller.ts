import { Controller } from '@nestjs/common';
import { allocateDatapoints, type RequestOf } from '@tenure/contracts';
import { Answers, Ask, CalledBy } from '@tenure/platform';
import { AllocationsService } from './allocations.service.js';

@Controller()
export class AllocationsController {
  constructor(private readonly allocations: AllocationsService) {}

  @Answers(allocateDatapoints)
  allocate(@Ask(allocateDatapoints) ask: RequestOf<typeof allocateDatapoints>, @CalledBy() caller: string) {
    return this.allocations.allocate(ask, caller);
  }
}
