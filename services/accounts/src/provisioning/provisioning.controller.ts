import { Controller } from '@nestjs/common';
import { createAccount, discardAccount, failApplication, fulfillApplication, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { ProvisioningService } from './provisioning.service.js';

@Controller()
export class ProvisioningController {
  constructor(private readonly provisioning: ProvisioningService) {}

  @Answers(createAccount)
  create(request: RequestOf<typeof createAccount>) {
    return this.provisioning.create(request);
  }

  @Answers(discardAccount)
  discard(request: RequestOf<typeof discardAccount>) {
    return this.provisioning.discard(request);
  }

  @Answers(fulfillApplication)
  fulfill(request: RequestOf<typeof fulfillApplication>) {
    return this.provisioning.fulfill(request);
  }

  @Answers(failApplication)
  fail(request: RequestOf<typeof failApplication>) {
    return this.provisioning.fail(request);
  }
}
