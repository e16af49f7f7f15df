import { entitlementChanged, subscriptionExpired, useChanged } from '@tenure/contracts';
import { on, provideConsumer } from '@tenure/platform';
import { ContractsService } from './contracts.service.js';

export const contractsConsumer = provideConsumer({
  durable: 'accounts',
  inject: [ContractsService],
  handlers: (contracts) => [
    on(entitlementChanged, (entitlement) => contracts.applyEntitlement(entitlement)),
    on(useChanged, (use) => contracts.applyUse(use)),
    on(subscriptionExpired, (expired) => contracts.noteExpired(expired)),
  ],
});
