import { entitlementChanged, readAs, subscriptionExpired, useChanged } from '@tenure/contracts';
import { provideConsumer } from '@tenure/platform';
import { ContractsService } from './contracts.service.js';

export const contractsConsumer = provideConsumer({
  durable: 'accounts',
  events: [entitlementChanged, useChanged, subscriptionExpired],
  inject: [ContractsService],
  async handle(envelope, _delivery, contracts) {
    const entitlement = readAs(entitlementChanged, envelope);
    if (entitlement !== undefined) return contracts.applyEntitlement(entitlement);
    const use = readAs(useChanged, envelope);
    if (use !== undefined) return contracts.applyUse(use);
    const expired = readAs(subscriptionExpired, envelope);
    if (expired !== undefined) return contracts.noteExpired(expired);
  },
});
