import { Controller } from '@nestjs/common';
import { getEntitlement, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { EntitlementsService } from './entitlements.service.js';

@Controller()
export class EntitlementsController {
  constructor(private readonly entitlements: EntitlementsService) {}

  @Answers(getEntitlement)
  get(@Ask(getEntitlement) { accountId }: RequestOf<typeof getEntitlement>) {
    return this.entitlements.get(accountId);
  }
}
