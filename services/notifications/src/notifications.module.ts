import { Module } from '@nestjs/common';
import { platformModule, storageOf } from '@tenure/platform';
import { Resend } from 'resend';
import { AuditController } from './audit/audit.controller.js';
import { AuditService } from './audit/audit.service.js';
import { Settings } from './settings.js';
import { notificationsDatabase } from './database/database.js';
import { DomainFigures } from './email-domains/domain-figures.js';
import { DomainLooks } from './email-domains/domain-looks.js';
import { DomainWatch } from './email-domains/domain-watch.js';
import { EmailDomainsController } from './email-domains/email-domains.controller.js';
import { EmailDomainsService } from './email-domains/email-domains.service.js';
import { DeliveryReportsController } from './evidence/delivery-reports.controller.js';
import { DeliveriesController } from './evidence/deliveries.controller.js';
import { DeliveriesService } from './evidence/deliveries.service.js';
import { DeliveryReportsService } from './evidence/delivery-reports.service.js';
import { ProviderDomains } from './email-domains/provider-domains.js';
import { MarkedAddressesController } from './evidence/marked-addresses.controller.js';
import { MarkedAddressesService } from './evidence/marked-addresses.service.js';
import { ResolutionService } from './evidence/resolution.service.js';
import { Unreached } from './evidence/unreached.js';
import { UnreachedService } from './evidence/unreached.service.js';
import { NoticesController } from './notices/notices.controller.js';
import { NoticesService } from './notices/notices.service.js';
import { ClockSetBack } from './sending/clock-set-back.js';
import { Dispatches } from './sending/dispatches.js';
import { EmailFigures } from './sending/email-figures.js';
import { FactsOfNotices } from './sending/facts.js';
import { LaterVersion } from './sending/later-version.js';
import { Letters } from './sending/letters.js';
import { Provider } from './sending/provider.js';
import { Sender } from './sending/sender.js';

@Module({
  imports: [platformModule(storageOf(notificationsDatabase))],
  controllers: [
    AuditController,
    DeliveriesController,
    DeliveryReportsController,
    MarkedAddressesController,
    NoticesController,
    EmailDomainsController,
  ],
  providers: [
    Settings,
    {
      provide: Resend,
      inject: [Settings],
      useFactory: ({ apiKey, baseUrl }: Settings) => new Resend(apiKey, baseUrl === undefined ? {} : { baseUrl }),
    },
    AuditService,
    DeliveriesService,
    DeliveryReportsService,
    MarkedAddressesService,
    ResolutionService,
    Unreached,
    UnreachedService,
    ClockSetBack,
    Dispatches,
    EmailFigures,
    FactsOfNotices,
    LaterVersion,
    Letters,
    Provider,
    Sender,
    NoticesService,
    EmailDomainsService,
    DomainFigures,
    DomainLooks,
    DomainWatch,
    ProviderDomains,
  ],
})
export class NotificationsModule {}
