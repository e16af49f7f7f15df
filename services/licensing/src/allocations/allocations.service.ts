import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { refuse, useChanged, type allocateDatapoints, type AnswerOf, type DomainError } from '@tenure/contracts';
import { Database, recordLatestEvent } from '@tenure/platform';
import { allocate, heldAllocation, type AllocateDatapoints, type HeldAllocation } from './allocate.js';

type Answer = AnswerOf<typeof allocateDatapoints>;

@Injectable()
export class AllocationsService {
  constructor(private readonly database: Database) {}

  /**
   * Sets how many datapoints one device uses, and tells the account's latest use.
   * @throws datapoints_exceeded or account_expired with contracted, used and left; not_found
   */
  allocate(ask: AllocateDatapoints, caller: string): Promise<Answer> {
    return this.database.asService(async (em) => {
      const allocated = await allocate(em, ask, caller);
      if (allocated.outcome !== 'allocated') return this.#whatHolds(em, ask, allocated.outcome);
      const { organizationId, change, contracted, used, useVersion } = allocated;
      const { accountId, datapoints } = ask;
      if (change !== 0)
        await recordLatestEvent(em, `use/${accountId}`, useChanged, {
          organizationId,
          accountId,
          version: useVersion,
          cause: { service: caller },
          data: { accountId, used, contracted },
        });
      return { datapoints, contracted, used, left: contracted - used, useVersion };
    });
  }

  async #whatHolds(em: EntityManager, ask: AllocateDatapoints, outcome: 'nothing' | 'refused'): Promise<Answer> {
    const held = await heldAllocation(em, ask);
    if (held === null) throw refuse('not_found', 'No such account');
    if (outcome === 'refused') throw refusalOf(held); // And with it the device's row is as it was.
    const { datapoints, contracted, used, useVersion } = held;
    return { datapoints, contracted, used, left: contracted - used, useVersion };
  }
}

function refusalOf({ contracted, used, isExpired }: HeldAllocation): DomainError {
  const figures = { contracted, used, left: contracted - used };
  return isExpired
    ? refuse('account_expired', 'The account has expired', {
        detail: 'The account has expired; it can only be renewed.',
        figures,
      })
    : refuse('datapoints_exceeded', 'More datapoints than are left', {
        detail: `${contracted} are contracted, ${used} are in use, ${contracted - used} are left.`,
        figures,
      });
}
