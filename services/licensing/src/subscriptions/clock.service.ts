import { Injectable } from '@nestjs/common';
import { requireReader, refuse, type AnswerOf, type RequestOf, type setSubscriptionClock } from '@tenure/contracts';
import { crashPoint, Database } from '@tenure/platform';
import { lockContract } from '../contract/load-contract.js';
import { recordAudit } from '../database/audit.js';
import { Subscription } from '../database/subscription.entity.js';
import { changeEntitlement } from '../entitlements/change-entitlement.js';
import { Settings } from '../settings.js';

@Injectable()
export class ClockService {
  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  /**
   * Sets how far the account's clock is ahead. A lead that is not greater than the current one changes nothing and gets
   * the current one as the answer: clocks never go back.
   * @throws forbidden outside the sandbox, not_found
   */
  async set({
    actor,
    accountId,
    aheadSeconds,
  }: RequestOf<typeof setSubscriptionClock>): Promise<AnswerOf<typeof setSubscriptionClock>> {
    if (!this.settings.sandbox) throw refuse('forbidden', 'Clocks can be moved only in a sandbox.');
    requireReader(actor);
    const set = await this.database.asMember(actor, async (em) => {
      const record = await lockContract(em, accountId, this.settings);
      const { clockAheadSeconds, organizationId, contract } = record;
      if (aheadSeconds <= clockAheadSeconds) return { aheadSeconds: clockAheadSeconds };

      await em.nativeUpdate(Subscription, { accountId }, { clockAheadSeconds: aheadSeconds });
      const cause = { memberId: actor.memberId };
      // Instants in the account's clock now come sooner in wall-clock time.
      await changeEntitlement(em, { ...record, clockAheadSeconds: aheadSeconds }, contract, {
        cause,
        clockMoved: true,
      });
      await recordAudit(em, {
        action: 'clock.moved',
        accountId,
        organizationId,
        cause,
        before: { clockAheadSeconds },
        after: { clockAheadSeconds: aheadSeconds },
      });
      return { aheadSeconds };
    });
    crashPoint('licensing.clock.set');
    return set;
  }
}
