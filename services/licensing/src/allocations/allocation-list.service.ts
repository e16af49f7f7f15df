import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import {
  countedUpTo,
  requireReader,
  type AllocationView,
  type AnswerOf,
  type listAllocations,
  type RequestOf,
  type showAllocations,
} from '@tenure/contracts';
import { containing, Database, instantText, joined, pageFrom, sql, type Sql } from '@tenure/platform';
import { noSuchAccount } from '../contract/load-contract.js';

interface Page {
  accountId: string;
  cursor?: string | undefined;
  limit: number;
}

@Injectable()
export class AllocationListService {
  constructor(private readonly database: Database) {}

  /** One page of an account's allocations, by device, for a service. @throws not_found */
  list(ask: RequestOf<typeof listAllocations>): Promise<AnswerOf<typeof listAllocations>> {
    const { accountId, deviceId, datasource } = ask;
    const where = [sql('account_id = ?', accountId)];
    if (deviceId !== undefined) where.push(sql('device_id = ?', deviceId));
    if (datasource !== undefined) where.push(sql('datasource = ?', datasource));
    return this.database.asService((em) => readPage(em, ask, joined(where)));
  }

  /** One page of an account's allocations, for people. @throws forbidden, not_found */
  show({ actor, ...ask }: RequestOf<typeof showAllocations>): Promise<AnswerOf<typeof showAllocations>> {
    requireReader(actor);
    const where = [sql('account_id = ?', ask.accountId)];
    if (ask.text) where.push(sql(`(device_id || E'\\n' || datasource) ilike ?`, containing(ask.text)));
    return this.database.asMember(actor, (em) => readPage(em, ask, joined(where)));
  }
}

async function readPage(
  em: EntityManager,
  { accountId, cursor, limit }: Page,
  { text: where, parameters }: Sql,
): Promise<AnswerOf<typeof listAllocations>> {
  const [about] = await em.execute<{ count: number; isKnown: boolean }[]>(
    `select exists (select from licensing.entitlements where account_id = ?) as "isKnown",
       (select count(*)::int from (select from licensing.allocations where ${where} limit ${countedUpTo + 1}) c) as count`,
    [accountId, ...parameters],
  );
  if (!about!.isKnown) throw noSuchAccount();
  const found = await em.execute<AllocationView[]>(
    `select device_id as "deviceId", datasource, datapoints, revision::float8 as revision, set_by as "setBy",
       ${instantText('set_at')} as "setAt"
     from licensing.allocations where ${where}${cursor === undefined ? '' : ' and device_id > ?'}
     order by device_id limit ?`,
    [...parameters, ...(cursor === undefined ? [] : [cursor]), limit + 1],
  );
  return { ...pageFrom(found, limit, ({ deviceId }) => deviceId), count: about!.count };
}
