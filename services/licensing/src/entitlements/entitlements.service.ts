import { Injectable } from '@nestjs/common';
import type { EntitlementView } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { loadContract } from '../contract/load-contract.js';
import { factsOf, leftOf, validUntilOf } from '../domain/contract.js';
import { Settings } from '../settings.js';

@Injectable()
export class EntitlementsService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /** @throws not_found */
  get(accountId: string): Promise<EntitlementView> {
    return this.database.asService(async (em) => {
      const record = await loadContract(em, accountId, this.settings.graceDays);
      const { contract, organizationId, revision, useVersion, clockAheadSeconds, now } = record;
      return {
        accountId,
        organizationId,
        ...factsOf(contract, now),
        features: contract.license.features,
        used: contract.used,
        left: leftOf(contract),
        validUntil: validUntilOf(contract).toISOString(),
        timeZone: contract.timeZone,
        clockAheadSeconds,
        revision,
        useVersion,
      };
    });
  }
}
