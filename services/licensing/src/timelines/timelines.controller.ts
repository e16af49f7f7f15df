import { Controller } from '@nestjs/common';
import {
  checkManyPlans,
  checkPlan,
  getManyTimelines,
  getTimeline,
  showTimeline,
  type RequestOf,
} from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { TimelinesService } from './timelines.service.js';

@Controller()
export class TimelinesController {
  constructor(private readonly timelines: TimelinesService) {}

  @Answers(getTimeline)
  get(ask: RequestOf<typeof getTimeline>) {
    return this.timelines.get(ask);
  }

  @Answers(getManyTimelines)
  getMany({ asks }: RequestOf<typeof getManyTimelines>) {
    return this.timelines.getMany(asks);
  }

  @Answers(showTimeline)
  show(ask: RequestOf<typeof showTimeline>) {
    return this.timelines.show(ask);
  }

  @Answers(checkPlan)
  check(ask: RequestOf<typeof checkPlan>) {
    return this.timelines.check(ask);
  }

  @Answers(checkManyPlans)
  checkMany({ asks }: RequestOf<typeof checkManyPlans>) {
    return this.timelines.checkMany(asks);
  }
}
