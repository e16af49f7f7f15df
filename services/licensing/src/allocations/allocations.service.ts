import { Injectable } from '@nestjs/common';
import {
  mostDevices,
  refuse,
  type allocateDatapoints,
  type allocateManyDatapoints,
  type AnswerOf,
  type DomainError,
  type RequestOf,
} from '@tenure/contracts';
import { Database, Batcher } from '@tenure/platform';
import { noSuchAccount } from '../contract/load-contract.js';
import type { Use } from '../domain/quota.js';
import { allocate, type Allocate, type Allocated } from './allocate.js';
import { recordUseChanged } from './record-use-changed.js';

@Injectable()
export class AllocationsService {
  readonly #together = new Batcher<Allocate, Allocated>({
    work: (asks) => this.#allocate(asks),
    atOnce: 2,
    largest: mostDevices,
    sizeOf: ({ devices }) => devices.length,
    keyOf: ({ accountId }) => accountId,
  });

  constructor(private readonly database: Database) {}

  /**
   * Sets how many datapoints one device uses, and publishes the account's latest use.
   * @throws datapoints_exceeded or account_expired with contracted, used and left; not_found
   */
  async allocate(
    { accountId, ...device }: RequestOf<typeof allocateDatapoints>,
    caller: string,
  ): Promise<AnswerOf<typeof allocateDatapoints>> {
    const { use, datapoints } = granted(await this.#together.ask({ accountId, devices: [device], caller }));
    return { datapoints: datapoints[0]!, ...figuresOf(use) };
  }

  /**
   * Sets what many devices of one account use, all or nothing, and publishes the account's latest use.
   * @throws datapoints_exceeded or account_expired with contracted, used and left; not_found
   */
  async allocateMany(
    { accountId, devices }: RequestOf<typeof allocateManyDatapoints>,
    caller: string,
  ): Promise<AnswerOf<typeof allocateManyDatapoints>> {
    const { use, datapoints } = granted(await this.#together.ask({ accountId, devices, caller }));
    return {
      devices: devices.map(({ deviceId }, index) => ({ deviceId, datapoints: datapoints[index]! })),
      ...figuresOf(use),
    };
  }

  #allocate(asks: readonly Allocate[]): Promise<Allocated[]> {
    return this.database.asService(async (em) => {
      const { allocated, changed } = await allocate(em, asks);
      for (const { use, caller, ...account } of changed) await recordUseChanged(em, account, use, { service: caller });
      return allocated;
    });
  }
}

/** @throws the reason for the refusal */
function granted(allocated: Allocated): Exclude<Allocated, { outcome: 'not_found' }> {
  if (allocated.outcome === 'not_found') throw noSuchAccount();
  if (allocated.outcome === 'refused') throw refusalOf(allocated);
  return allocated;
}

function figuresOf({ contracted, used, useVersion }: Use) {
  return { contracted, used, left: contracted - used, useVersion };
}

function refusalOf({ use: { contracted, used }, isExpired }: { use: Use; isExpired: boolean }): DomainError {
  const figures = { contracted, used, left: contracted - used };
  return isExpired
    ? refuse('account_expired', 'The account has expired; it can only be renewed.', { figures })
    : refuse('datapoints_exceeded', `Contracted: ${contracted}; in use: ${used}; left: ${contracted - used}.`, {
        figures,
      });
}
