import { Controller } from '@nestjs/common';
import { getEntitlement, listEntitlements, type RequestOf } from '@tenure/contracts';
import { Answers, Ask } from '@tenure/platform';
import { EntitlementListService } from './entitlement-list.service.js';
import { EntitlementsService } from './entitlements.service.js';

@Controller()
export class EntitlementsController {
  constructor(
    private readonly entitlements: EntitlementsService,
    private readonly entitlementList: EntitlementListService,
  ) {}

  @Answers(getEntitlement)
  get(@Ask(getEntitlement) { accountId }: RequestOf<typeof getEntitlement>) {
    return this.entitlements.get(accountId);
  }

  @Answers(listEntitlements)
  list(@Ask(listEntitlements) ask: RequestOf<typeof listEntitlements>) {
    return this.entitlementList.list(ask);
  }
}
