import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  refuse,
  useChanged,
  type allocateDatapoints,
  type allocateManyDatapoints,
  type AnswerOf,
  type DomainError,
} from '@tenure/contracts';
import { Database, recordLatestEvent } from '@tenure/platform';
import {
  allocate,
  allocateMany,
  held,
  type AllocateDatapoints,
  type AllocateMany,
  type Allocated,
  type Held,
  type Use,
} from './allocate.js';

@Injectable()
export class AllocationsService {
  constructor(private readonly database: Database) {}

  /**
   * Sets how many datapoints one device uses, and tells the account's latest use.
   * @throws datapoints_exceeded or account_expired with contracted, used and left; not_found
   */
  allocate(ask: AllocateDatapoints, caller: string): Promise<AnswerOf<typeof allocateDatapoints>> {
    const { accountId, deviceId, datapoints } = ask;
    return this.database.asService(async (em) => {
      const allocated = await allocate(em, ask, caller);
      if (allocated.outcome === 'allocated') {
        await tellUse(em, accountId, allocated, caller);
        return { datapoints, ...figuresOf(allocated) };
      }
      const holds = await whatHolds(em, accountId, [deviceId], allocated.outcome);
      return { datapoints: holds.datapoints.get(deviceId) ?? 0, ...figuresOf(holds) };
    });
  }

  /**
   * Sets what many devices of one account use, all or nothing, and tells the account's latest use.
   * @throws datapoints_exceeded or account_expired with contracted, used and left; not_found
   */
  allocateMany(ask: AllocateMany, caller: string): Promise<AnswerOf<typeof allocateManyDatapoints>> {
    const { accountId, devices } = ask;
    return this.database.asService(async (em) => {
      const { changedDevices, ...allocated } = await allocateMany(em, ask, caller);
      if (allocated.outcome === 'allocated') await tellUse(em, accountId, allocated, caller);
      if (allocated.outcome === 'allocated' && changedDevices === devices.length)
        return { devices: devices.map(asAsked), ...figuresOf(allocated) };
      // Those that did not change may have a newer figure than the one that was sent.
      const deviceIds = devices.map(({ deviceId }) => deviceId);
      const holds = await whatHolds(em, accountId, deviceIds, allocated.outcome);
      return {
        devices: deviceIds.map((deviceId) => ({ deviceId, datapoints: holds.datapoints.get(deviceId) ?? 0 })),
        ...figuresOf(allocated.outcome === 'allocated' ? allocated : holds),
      };
    });
  }
}

function asAsked({ deviceId, datapoints }: AllocateMany['devices'][number]) {
  return { deviceId, datapoints };
}

async function tellUse(
  em: EntityManager,
  accountId: string,
  { organizationId, change, contracted, used, useVersion }: Extract<Allocated, { outcome: 'allocated' }>,
  caller: string,
): Promise<void> {
  if (change === 0) return;
  await recordLatestEvent(em, `use/${accountId}`, useChanged, {
    organizationId,
    accountId,
    version: useVersion,
    cause: { service: caller },
    data: { accountId, used, contracted },
  });
}

/** @throws not_found; what the allocation was refused for, and with it all is as it was */
async function whatHolds(
  em: EntityManager,
  accountId: string,
  deviceIds: readonly string[],
  outcome: Allocated['outcome'],
): Promise<Held> {
  const holds = await held(em, accountId, deviceIds);
  if (holds === null) throw refuse('not_found', 'No such account');
  if (outcome === 'refused') throw refusalOf(holds);
  return holds;
}

function figuresOf({ contracted, used, useVersion }: Use) {
  return { contracted, used, left: contracted - used, useVersion };
}

function refusalOf({ contracted, used, isExpired }: Held): DomainError {
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
