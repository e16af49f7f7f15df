import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Health, platformModule } from '@tenure/platform/messaging';
import { AccountsController } from './accounts/accounts.controller.js';
import { AccountDetailsController } from './accounts/details.controller.js';
import { ApplicationsController } from './applications/applications.controller.js';
import { DecisionService } from './applications/decision.service.js';
import { SettledApplications } from './applications/settled-applications.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditService } from './audit/audit.service.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { CalendarFileController } from './calendar/calendar-file.controller.js';
import { CatalogController } from './catalog/catalog.controller.js';
import { AccountWorkflows } from './clock/account-workflows.js';
import { ClockController } from './clock/clock.controller.js';
import { ClockMoves } from './clock/clock-moves.js';
import { ClockService } from './clock/clock.service.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { ApiDescription } from './documentation/api-description.js';
import { DocumentationController } from './documentation/documentation.controller.js';
import { HttpAnswers } from './http/http-answers.js';
import { RequestLimits } from './http/request-limits.js';
import { LiveController } from './live/live.controller.js';
import { LiveEvents } from './live/live-events.js';
import { LiveStreams } from './live/live-streams.js';
import { EmailDomainsController } from './email-domains/email-domains.controller.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { PoliciesController } from './policies/policies.controller.js';
import { RecipientsController } from './recipients/recipients.controller.js';
import { AllowedMethods } from './routes/allowed-methods.js';
import { RouteGuard } from './routes/route.guard.js';
import { routesOf } from './routes/serves.js';
import { sessionCookie } from './sessions/session-cookie.js';
import { Sessions } from './sessions/sessions.js';
import { Settings } from './settings.js';
import { AccessTokens } from './sign-in/access-tokens.js';
import { Callers } from './sign-in/callers.js';
import { IdentityProvider } from './sign-in/identity-provider.js';
import { IssuerKeys } from './sign-in/issuer-keys.js';
import { Members } from './sign-in/members.js';
import { SessionController } from './sign-in/session.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { ApplicationWorkflows } from './temporal/application-workflows.js';
import { Temporal } from './temporal/temporal.js';
import { WebhookSignatures } from './webhooks/webhook-signatures.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

const serving = [
  CatalogController,
  ApplicationsController,
  AccountsController,
  AccountDetailsController,
  OrganizationsController,
  DeliveriesController,
  AuditController,
  EmailDomainsController,
  PoliciesController,
  CalendarController,
  RecipientsController,
  ClockController,
  LiveController,
];

/** Every call of the API. */
export const allRoutes = routesOf(serving);

const servedRoutes = (sandbox: boolean) => allRoutes.filter(({ sandboxOnly }) => sandbox || !sandboxOnly);

@Module({
  imports: [platformModule()],
  controllers: [
    ...serving,
    SignInController,
    SessionController,
    DocumentationController,
    WebhooksController,
    CalendarFileController,
  ],
  providers: [
    Settings,
    { provide: HttpAnswers, inject: [Health], useFactory: (health: Health) => new HttpAnswers(health, allRoutes) },
    Members,
    Sessions,
    Callers,
    LiveEvents,
    LiveStreams,
    AuditService,
    DecisionService,
    SettledApplications,
    ApplicationWorkflows,
    AccountWorkflows,
    ClockMoves,
    ClockService,
    {
      provide: IssuerKeys,
      inject: [Settings, Health],
      useFactory: ({ signIn }: Settings, health: Health) => {
        const keys = new IssuerKeys(signIn);
        health.add(keys.readiness);
        return keys;
      },
    },
    {
      provide: AccessTokens,
      inject: [Settings, IssuerKeys],
      useFactory: ({ signIn }: Settings, keys: IssuerKeys) => new AccessTokens(signIn, keys),
    },
    {
      provide: IdentityProvider,
      inject: [Settings],
      useFactory: ({ signIn: { issuer }, client, origin }: Settings) =>
        new IdentityProvider({ issuer, ...client, origin }),
    },
    {
      provide: RequestLimits,
      inject: [Settings],
      useFactory: ({ perMinute, signInsAnHour, atOnce }: Settings) =>
        new RequestLimits({ ...perMinute, signInsAnHour, atOnce }),
    },
    {
      provide: WebhookSignatures,
      inject: [Settings],
      useFactory: ({ webhookSecret }: Settings) => new WebhookSignatures(webhookSecret),
    },
    { provide: Temporal, inject: [Settings], useFactory: ({ temporal }: Settings) => new Temporal(temporal) },
    {
      provide: ApiDescription,
      inject: [Settings],
      useFactory: ({ sandbox, signIn, origin }: Settings) =>
        new ApiDescription(servedRoutes(sandbox), { ...signIn, sessionCookie: sessionCookie(origin).name }),
    },
    {
      provide: AllowedMethods,
      inject: [Settings],
      useFactory: ({ sandbox }: Settings) => new AllowedMethods(servedRoutes(sandbox)),
    },
    { provide: APP_GUARD, useClass: RouteGuard },
  ],
})
export class GatewayModule {}
