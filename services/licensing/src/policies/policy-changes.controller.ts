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
import { Answers, Ask } from '@tenure/platform';
import { AdvanceService } from './advance.service.js';
import { PolicyChangesService } from './policy-changes.service.js';

@Controller()
export class PolicyChangesController {
  constructor(
    private readonly changes: PolicyChangesService,
    private readonly advances: AdvanceService,
  ) {}

  @Answers(getPolicyChange)
  get(@Ask(getPolicyChange) ask: RequestOf<typeof getPolicyChange>) {
    return this.changes.get(ask);
  }

  @Answers(stopPolicyChange)
  stop(@Ask(stopPolicyChange) request: RequestOf<typeof stopPolicyChange>) {
    return this.changes.stop(request);
  }

  @Answers(continuePolicyChange)
  continue(@Ask(continuePolicyChange) request: RequestOf<typeof continuePolicyChange>) {
    return this.changes.continue(request);
  }

  @Answers(advancePolicyChange)
  advance(@Ask(advancePolicyChange) request: RequestOf<typeof advancePolicyChange>) {
    return this.advances.advance(request);
  }

  @Answers(listUnfinishedPolicyChanges)
  listUnfinished(@Ask(listUnfinishedPolicyChanges) request: RequestOf<typeof listUnfinishedPolicyChanges>) {
    return this.changes.listUnfinished(request);
  }

  @Answers(resumePolicyChanges)
  resume(@Ask(resumePolicyChanges) request: RequestOf<typeof resumePolicyChanges>) {
    return this.changes.resume(request);
  }
}
