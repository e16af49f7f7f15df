import { Controller } from '@nestjs/common';
import {
  allocateDatapoints,
  allocateManyDatapoints,
  listAllocations,
  recountDatapoints,
  showAllocations,
  type RequestOf,
} from '@tenure/contracts';
import { Answers, Ask, CalledBy } from '@tenure/platform';
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

  @Answers(recountDatapoints)
  recount(@Ask(recountDatapoints) ask: RequestOf<typeof recountDatapoints>) {
    return this.recounting.recount(ask);
  }
}
