import { Controller } from '@nestjs/common';
import { getDecision, inspectDecision, recordDecision, settleDecision, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { DecisionsService } from './decisions.service.js';

@Controller()
export class DecisionsController {
  constructor(private readonly decisions: DecisionsService) {}

  @Answers(recordDecision)
  record(request: RequestOf<typeof recordDecision>) {
    return this.decisions.record(request);
  }

  @Answers(getDecision)
  get(request: RequestOf<typeof getDecision>) {
    return this.decisions.get(request);
  }

  @Answers(inspectDecision)
  inspect(request: RequestOf<typeof inspectDecision>) {
    return this.decisions.inspect(request);
  }

  @Answers(settleDecision)
  settle(request: RequestOf<typeof settleDecision>) {
    return this.decisions.settle(request);
  }
}
