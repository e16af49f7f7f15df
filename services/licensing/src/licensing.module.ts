import { Module } from '@nestjs/common';
import { platformModule, storageOf } from '@tenure/platform';
import { AllocationListService } from './allocations/allocation-list.service.js';
import { AllocationsController } from './allocations/allocations.controller.js';
import { AllocationsService } from './allocations/allocations.service.js';
import { RecountService } from './allocations/recount.service.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditService } from './audit/audit.service.js';
import { ContractController } from './contract/contract.controller.js';
import { ContractService } from './contract/contract.service.js';
import { licensingDatabase } from './database/database.js';
import { InstantsService } from './dates/instants.service.js';
import { EntitlementListService } from './entitlements/entitlement-list.service.js';
import { EntitlementsController } from './entitlements/entitlements.controller.js';
import { EntitlementsService } from './entitlements/entitlements.service.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsService } from './imports/imports.service.js';
import { LicensesController } from './licenses/licenses.controller.js';
import { LicensesService } from './licenses/licenses.service.js';
import { AdvanceService } from './policies/advance.service.js';
import { PoliciesController } from './policies/policies.controller.js';
import { PoliciesService } from './policies/policies.service.js';
import { PolicyChangesController } from './policies/policy-changes.controller.js';
import { PolicyChangesService } from './policies/policy-changes.service.js';
import { PolicyPreviewService } from './policies/policy-preview.service.js';
import { renewalsConsumer } from './renewals/renewals.consumer.js';
import { RenewalsService } from './renewals/renewals.service.js';
import { Settings } from './settings.js';
import { ChangesService } from './subscriptions/changes.service.js';
import { ClockService } from './subscriptions/clock.service.js';
import { ExpiryService } from './subscriptions/expiry.service.js';
import { LateExpiries } from './subscriptions/late-expiries.js';
import { OpeningService } from './subscriptions/opening.service.js';
import { SubscriptionsController } from './subscriptions/subscriptions.controller.js';
import { UnfinishedController } from './subscriptions/unfinished.controller.js';
import { UnfinishedService } from './subscriptions/unfinished.service.js';
import { TimelinesController } from './timelines/timelines.controller.js';
import { TimelinesService } from './timelines/timelines.service.js';

@Module({
  imports: [platformModule(storageOf(licensingDatabase))],
  controllers: [
    AllocationsController,
    AuditController,
    ContractController,
    EntitlementsController,
    ImportsController,
    LicensesController,
    PoliciesController,
    PolicyChangesController,
    SubscriptionsController,
    TimelinesController,
    UnfinishedController,
  ],
  providers: [
    Settings,
    AdvanceService,
    AllocationListService,
    AllocationsService,
    AuditService,
    ChangesService,
    ClockService,
    ContractService,
    EntitlementListService,
    EntitlementsService,
    ExpiryService,
    ImportsService,
    InstantsService,
    LateExpiries,
    LicensesService,
    OpeningService,
    PoliciesService,
    PolicyChangesService,
    PolicyPreviewService,
    RecountService,
    RenewalsService,
    TimelinesService,
    UnfinishedService,
    renewalsConsumer,
  ],
})
export class LicensingModule {}
