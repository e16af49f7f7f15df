import type { NatsConnection } from '@nats-io/transport-node';
import { allocateDatapoints, getEntitlement, subjectFor } from '@tenure/contracts';
import { accountId, devicesPerAccount, hotAccount, manyAccounts } from './accounts.js';
import { echoSubject } from './echo-subject.js';

export interface Allocation {
  accountId: string;
  deviceId: string;
  datapoints: number;
}

/** Which accounts the requests are about: always the same one, or any of many. */
export type Spread = 'hot' | 'many';

export function anyAccount(spread: Spread): string {
  return spread === 'hot' ? hotAccount : accountId(1 + Math.floor(Math.random() * manyAccounts));
}

let figure = 0;
/** An allocation of any device of such an account. Each figure differs from the previous one, so that it is a change. */
export function anyAllocation(spread: Spread): Allocation {
  figure = (figure + 1) % 100_000;
  const device = Math.floor(Math.random() * devicesPerAccount);
  return { accountId: anyAccount(spread), deviceId: `device ${device}`, datapoints: figure };
}

export async function ask(nats: NatsConnection, subject: string, body: object): Promise<unknown> {
  const answer = await nats.request(subject, JSON.stringify(body), { timeout: 30_000 });
  if (answer.headers?.has('Nats-Service-Error-Code')) throw new Error(`${subject}: ${answer.string()}`);
  return answer.json();
}

export function allocate(nats: NatsConnection, { accountId, deviceId, datapoints }: Allocation): Promise<unknown> {
  const body = { accountId, deviceId, datasource: 'modbus', datapoints };
  return ask(nats, subjectFor(allocateDatapoints, 'ingestion'), body);
}

export function readEntitlement(nats: NatsConnection, account: string): Promise<unknown> {
  return ask(nats, subjectFor(getEntitlement, 'ingestion'), { accountId: account });
}

/** The same request as for an entitlement, to the echo. */
export function askEcho(nats: NatsConnection, account: string): Promise<unknown> {
  return ask(nats, echoSubject, { accountId: account });
}
