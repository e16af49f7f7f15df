import { Module } from '@nestjs/common';
import { platformModule, storageOf } from '@tenure/platform';
import { AccountsController } from './accounts/accounts.controller.js';
import { AccountsService } from './accounts/accounts.service.js';
import { ApplicationsController } from './applications/applications.controller.js';
import { ApplicationsService } from './applications/applications.service.js';
import { CheckService } from './applications/check.service.js';
import { SubmissionService } from './applications/submission.service.js';
import { SummaryService } from './applications/summary.service.js';
import { UnfinishedController } from './applications/unfinished.controller.js';
import { UnfinishedService } from './applications/unfinished.service.js';
import { WaitingApplications } from './applications/waiting-applications.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditService } from './audit/audit.service.js';
import { CalendarsController } from './calendars/calendars.controller.js';
import { CalendarsService } from './calendars/calendars.service.js';
import { contractsConsumer } from './contracts/contracts.consumer.js';
import { ContractsController } from './contracts/contracts.controller.js';
import { ContractsService } from './contracts/contracts.service.js';
import { RebuildService } from './contracts/rebuild.service.js';
import { accountsDatabase } from './database/database.js';
import { DecisionsController } from './decisions/decisions.controller.js';
import { DecisionsService } from './decisions/decisions.service.js';
import { DirectoryController } from './directory/directory.controller.js';
import { DirectoryService } from './directory/directory.service.js';
import { EmailDomainsController } from './email-domains/email-domains.controller.js';
import { EmailDomainsService } from './email-domains/email-domains.service.js';
import { ExportsService } from './imports/exports.service.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsService } from './imports/imports.service.js';
import { MembersController } from './members/members.controller.js';
import { MembersService } from './members/members.service.js';
import { RemovalService } from './members/removal.service.js';
import { SignOutService } from './members/sign-out.service.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { OrganizationsService } from './organizations/organizations.service.js';
import { ReviewedOrganizationsService } from './organizations/reviewed-organizations.service.js';
import { ProvisioningController } from './provisioning/provisioning.controller.js';
import { ProvisioningService } from './provisioning/provisioning.service.js';
import { AccountRecipientsService } from './recipients/account-recipients.service.js';
import { RecipientsController } from './recipients/recipients.controller.js';
import { RecipientsService } from './recipients/recipients.service.js';
import { WishesService } from './recipients/wishes.service.js';
import { ReferencesController } from './references/references.controller.js';
import { ReferencesService } from './references/references.service.js';
import { SectorsController } from './sectors/sectors.controller.js';
import { SectorsService } from './sectors/sectors.service.js';
import { Settings } from './settings.js';

@Module({
  imports: [platformModule(storageOf(accountsDatabase))],
  controllers: [
    AccountsController,
    ApplicationsController,
    AuditController,
    CalendarsController,
    ContractsController,
    DecisionsController,
    DirectoryController,
    EmailDomainsController,
    ImportsController,
    MembersController,
    OrganizationsController,
    ProvisioningController,
    RecipientsController,
    ReferencesController,
    SectorsController,
    UnfinishedController,
  ],
  providers: [
    Settings,
    AccountRecipientsService,
    AccountsService,
    ApplicationsService,
    AuditService,
    CalendarsService,
    CheckService,
    contractsConsumer,
    ContractsService,
    DecisionsService,
    DirectoryService,
    EmailDomainsService,
    ExportsService,
    ImportsService,
    MembersService,
    OrganizationsService,
    ReviewedOrganizationsService,
    ProvisioningService,
    RebuildService,
    RecipientsService,
    ReferencesService,
    RemovalService,
    SignOutService,
    SectorsService,
    SubmissionService,
    SummaryService,
    UnfinishedService,
    WaitingApplications,
    WishesService,
  ],
})
export class AccountsModule {}
