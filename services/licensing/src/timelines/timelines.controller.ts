import { Controller } from '@nestjs/common';
import {
  checkManyPlans,
  checkPlan,
  getManyTimelines,
  getTimeline,
  showTimeline,
  type RequestOf,
} from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { TimelinesService } from './timelines.service.js';

@Controller()
export class TimelinesController {
  constructor(private readonly timelines: TimelinesService) {}

  @Answers(getTimeline)
  get(@Ask(getTimeline) ask: RequestOf<typeof getTimeline>) {
    return this.timelines.get(ask);
  }

  @Answers(getManyTimelines)
  getMany(@Ask(getManyTimelines) { asks }: RequestOf<typeof getManyTimelines>) {
    return this.timelines.getMany(asks);
  }

  @Answers(showTimeline)
  show(@Ask(showTimeline) ask: RequestOf<typeof showTimeline>) {
    return this.timelines.show(ask);
  }

  @Answers(checkPlan)
  check(@Ask(checkPlan) ask: RequestOf<typeof checkPlan>) {
    return this.timelines.check(ask);
  }

  @Answers(checkManyPlans)
  checkMany(@Ask(checkManyPlans) { asks }: RequestOf<typeof checkManyPlans>) {
    return this.timelines.checkMany(asks);
  }
}
