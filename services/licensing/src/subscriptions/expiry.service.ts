import { Injectable } from '@nestjs/common';
import { subscriptionExpired, type AnswerOf, type expireSubscription, type RequestOf } from '@tenure/contracts';
import { trustedTime, validUntilOf } from '@tenure/lifecycle';
import { Database } from '@tenure/platform';
import { lockContract } from '../contract/load-contract.js';
import { recordAudit } from '../database/audit.js';
import { Term } from '../database/term.entity.js';
import { factsOf } from '../domain/contract.js';
import { Settings } from '../settings.js';
import { recordSubscriptionEvent } from './record-subscription-event.js';

@Injectable()
export class ExpiryService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /**
   * Records, once per term, that the term ended without renewal, if it has at `asOf`. Nothing waits for this record:
   * reads compare instants. If the asker's clock is too far ahead, ours is used instead: otherwise the expiry would be
   * recorded while the account still works, and its notice skipped for good as not true.
   * @throws not_found
   */
  expire({
    accountId,
    termNumber,
    asOf,
  }: RequestOf<typeof expireSubscription>): Promise<AnswerOf<typeof expireSubscription>> {
    return this.database.asService(async (em) => {
      const record = await lockContract(em, accountId, this.settings);
      const { contract, organizationId, now } = record;
      const validUntil = validUntilOf(contract);
      const at = trustedTime(new Date(asOf), now);
      const answer = { validUntil: validUntil.toISOString() };
      if (termNumber !== contract.term.number || validUntil > at) return { expired: false, ...answer };

      const unrecorded = { accountId, number: termNumber, expiredAt: null };
      const recorded = await em.nativeUpdate(Term, unrecorded, { expiredAt: at });
      if (recorded === 0) return { expired: true, ...answer };
      await recordSubscriptionEvent(em, subscriptionExpired, record);
      await recordAudit(em, {
        action: 'subscription.expired',
        accountId,
        organizationId,
        cause: { service: 'workflows' },
        before: null,
        after: factsOf(contract, validUntil),
      });
      return { expired: true, ...answer };
    });
  }
}
