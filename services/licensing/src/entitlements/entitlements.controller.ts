import { Controller } from '@nestjs/common';
import { getEntitlement, listEntitlements, type RequestOf } from '@tenure/contracts';
import { Answers } from '@tenure/platform';
import { EntitlementListService } from './entitlement-list.service.js';
import { EntitlementsService } from './entitlements.service.js';

@Controller()
export class EntitlementsController {
  constructor(
    private readonly entitlements: EntitlementsService,
    private readonly entitlementList: EntitlementListService,
  ) {}

  @Answers(getEntitlement)
  get({ accountId }: RequestOf<typeof getEntitlement>) {
    return this.entitlements.get(accountId);
  }

  @Answers(listEntitlements)
  list(ask: RequestOf<typeof listEntitlements>) {
    return this.entitlementList.list(ask);
  }
}
