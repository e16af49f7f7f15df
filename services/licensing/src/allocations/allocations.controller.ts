import { Controller } from '@nestjs/common';
import {
  allocateDatapoints,
  allocateManyDatapoints,
  listAllocations,
  recountDatapoints,
  showAllocations,
  type RequestOf,
} from '@tenure/contracts';
import { Answers, CalledBy } from '@tenure/platform';
import { AllocationListService } from './allocation-list.service.js';
import { AllocationsService } from './allocations.service.js';
import { RecountService } from './recount.service.js';

@Controller()
export class AllocationsController {
  constructor(
    private readonly allocations: AllocationsService,
    private readonly allocationList: AllocationListService,
    private readonly recounting: RecountService,
  ) {}

  @Answers(allocateDatapoints)
  allocate(ask: RequestOf<typeof allocateDatapoints>, @CalledBy() caller: string) {
    return this.allocations.allocate(ask, caller);
  }

  @Answers(allocateManyDatapoints)
  allocateMany(ask: RequestOf<typeof allocateManyDatapoints>, @CalledBy() caller: string) {
    return this.allocations.allocateMany(ask, caller);
  }

  @Answers(listAllocations)
  list(ask: RequestOf<typeof listAllocations>) {
    return this.allocationList.list(ask);
  }

  @Answers(showAllocations)
  show(ask: RequestOf<typeof showAllocations>) {
    return this.allocationList.show(ask);
  }

  @Answers(recountDatapoints)
  recount(ask: RequestOf<typeof recountDatapoints>) {
    return this.recounting.recount(ask);
  }
}
