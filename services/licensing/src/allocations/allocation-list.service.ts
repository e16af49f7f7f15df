import { Injectable } from '@nestjs/common';
import { refuse, type AllocationView, type AnswerOf, type listAllocations, type RequestOf } from '@tenure/contracts';
import { Database } from '@tenure/platform';

/** Up to here pages count exactly. */
const MOST_COUNTED = 10_000;

type Ask = RequestOf<typeof listAllocations>;

@Injectable()
export class AllocationListService {
  constructor(private readonly database: Database) {}

  /** One page of an account's allocations, by device. @throws not_found */
  list(ask: Ask): Promise<AnswerOf<typeof listAllocations>> {
    const { accountId, cursor, limit } = ask;
    const { where, parameters } = filterOf(ask);
    return this.database.asService(async (em) => {
      const [about] = await em.execute<{ count: number; isKnown: boolean }[]>(
        `select exists (select from licensing.entitlements where account_id = ?) as "isKnown",
           (select count(*)::int from (select from licensing.allocations where ${where} limit ${MOST_COUNTED + 1}) c) as count`,
        [accountId, ...parameters],
      );
      if (!about!.isKnown) throw refuse('not_found', 'No such account');
      const found = await em.execute<AllocationView[]>(
        `select device_id as "deviceId", datasource, datapoints, revision::float8 as revision, set_by as "setBy",
           to_char(set_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "setAt"
         from licensing.allocations where ${where}${cursor === undefined ? '' : ' and device_id > ?'}
         order by device_id limit ?`,
        [...parameters, ...(cursor === undefined ? [] : [cursor]), limit + 1],
      );
      const items = found.slice(0, limit);
      return { items, next: found.length > limit ? items.at(-1)!.deviceId : null, count: about!.count };
    });
  }
}

function filterOf({ accountId, deviceId, datasource }: Ask): { where: string; parameters: string[] } {
  const filter = [
    ['account_id', accountId],
    ['device_id', deviceId],
    ['datasource', datasource],
  ].filter((one): one is [string, string] => one[1] !== undefined);
  return {
    where: filter.map(([column]) => `${column} = ?`).join(' and '),
    parameters: filter.map(([, value]) => value),
  };
}
