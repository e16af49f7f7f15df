import { Controller } from '@nestjs/common';
import {
  advancePolicyChange,
  continuePolicyChange,
  getPolicyChange,
  listUnfinishedPolicyChanges,
  resumePolicyChanges,
  stopPolicyChange,
  type RequestOf,
} from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { AdvanceService } from './advance.service.js';
import { PolicyChangesService } from './policy-changes.service.js';

@Controller()
export class PolicyChangesController {
  constructor(
    private readonly changes: PolicyChangesService,
    private readonly advances: AdvanceService,
  ) {}

  @Answers(getPolicyChange)
  get(ask: RequestOf<typeof getPolicyChange>) {
    return this.changes.get(ask);
  }

  @Answers(stopPolicyChange)
  stop(request: RequestOf<typeof stopPolicyChange>) {
    return this.changes.stop(request);
  }

  @Answers(continuePolicyChange)
  continue(request: RequestOf<typeof continuePolicyChange>) {
    return this.changes.continue(request);
  }

  @Answers(advancePolicyChange)
  advance(request: RequestOf<typeof advancePolicyChange>) {
    return this.advances.advance(request);
  }

  @Answers(listUnfinishedPolicyChanges)
  listUnfinished(request: RequestOf<typeof listUnfinishedPolicyChanges>) {
    return this.changes.listUnfinished(request);
  }

  @Answers(resumePolicyChanges)
  resume(request: RequestOf<typeof resumePolicyChanges>) {
    return this.changes.resume(request);
  }
}
