import { Controller } from '@nestjs/common';
import { changePolicy, getPolicy, previewPolicy, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { PoliciesService } from './policies.service.js';
import { PolicyPreviewService } from './policy-preview.service.js';

@Controller()
export class PoliciesController {
  constructor(
    private readonly policies: PoliciesService,
    private readonly previews: PolicyPreviewService,
  ) {}

  @Answers(getPolicy)
  get(ask: RequestOf<typeof getPolicy>) {
    return this.policies.get(ask);
  }

  @Answers(previewPolicy)
  preview(ask: RequestOf<typeof previewPolicy>) {
    return this.previews.preview(ask);
  }

  @Answers(changePolicy)
  change(request: RequestOf<typeof changePolicy>) {
    return this.policies.change(request);
  }
}
