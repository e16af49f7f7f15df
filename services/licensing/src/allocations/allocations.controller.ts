import { Controller } from '@nestjs/common';
import {
  allocateDatapoints,
  allocateManyDatapoints,
  listAllocations,
  showAllocations,
  type RequestOf,
} from '@tenure/contracts';
import { Answers, Ask, CalledBy } from '@tenure/platform';
import { AllocationListService } from './allocation-list.service.js';
import { AllocationsService } from './allocations.service.js';

@Controller()
export class AllocationsController {
  constructor(
    private readonly allocations: AllocationsService,
    private readonly allocationList: AllocationListService,
  ) {}

  @Answers(allocateDatapoints)
  allocate(@Ask(allocateDatapoints) ask: RequestOf<typeof allocateDatapoints>, @CalledBy() caller: string) {
    return this.allocations.allocate(ask, caller);
  }

  @Answers(allocateManyDatapoints)
  allocateMany(@Ask(allocateManyDatapoints) ask: RequestOf<typeof allocateManyDatapoints>, @CalledBy() caller: string) {
    return this.allocations.allocateMany(ask, caller);
  }

  @Answers(listAllocations)
  list(@Ask(listAllocations) ask: RequestOf<typeof listAllocations>) {
    return this.allocationList.list(ask);
  }

  @Answers(showAllocations)
  show(@Ask(showAllocations) ask: RequestOf<typeof showAllocations>) {
    return this.allocationList.show(ask);
  }
}
