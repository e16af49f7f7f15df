import { getAccount, listAccounts, type AccountEntry } from './accounts/directory.js';
import { accountCreated } from './accounts/events.js';
import type { Envelope } from './event.js';
import { getEntitlement } from './licensing/entitlement.js';
import { allocateDatapoints, allocateManyDatapoints, listAllocations } from './licensing/datapoints.js';
import {
  entitlementChanged,
  policyChanged,
  policyChangeResumed,
  subscriptionChanged,
  subscriptionExpired,
  subscriptionOpened,
  subscriptionRenewed,
  subscriptionReplanned,
  subscriptionResumed,
  useChanged,
} from './licensing/events.js';
import type { AnswerOf, AskOf, DataOf, Event, Request } from './message.js';

/** A request, and the answer to it. */
export interface Example<R extends Request = Request> {
  name: string;
  request: AskOf<R>;
  answer: AnswerOf<R>;
}

const accountId = '01a22d01-67df-7aac-b0f8-58f96391c179';
const organizationId = '01a1f0c2-3b5e-7d41-9a86-52f7e1c0d934';
const applicationId = '01a22d01-68f8-7c2b-8755-4e264ee628c3';
const id = '01a22d01-6eb3-7d67-9ea1-6620d3ab345b';
const at = '2026-11-30T15:09:58.306Z';
const term = {
  number: 1,
  anchor: '2026-11-30',
  months: 12,
  firstDay: '2026-11-30',
  expiresOn: '2027-11-30',
  expiresAt: '2027-11-30T23:00:00.000Z',
};
const account: AccountEntry = {
  accountId,
  organizationId,
  organizationName: 'Solar Partner',
  accountName: 'Centro Mirador',
  customerName: 'Centros Mirador S.L.',
  sector: 'retail',
  country: 'ES',
  timeZone: 'Europe/Madrid',
  license: 'plus',
  state: 'active',
  expiresOn: term.expiresOn,
  validUntil: term.expiresAt,
  clockAheadSeconds: 0,
  revision: 1,
  createdAt: '2026-11-30T15:09:58.565Z',
};
const setAt = '2026-11-30T16:20:04.120Z';

/**
 * An example of each request that the platform's services may send, about one account and in the order in which they are
 * sent: specs of the services send them and compare the answers. docs/messages.md and docs/asyncapi.json show them.
 */
export const examples = {
  getAccount: example(getAccount, { accountId }, account),
  listAccounts: example(
    listAccounts,
    { organizationId, state: 'active' },
    { items: [account], next: null, asOf: '2026-11-30T16:20:00.000Z' },
  ),
  allocateDatapoints: example(
    allocateDatapoints,
    { accountId, deviceId: 'meter-1', datasource: 'modbus', datapoints: 180 },
    { datapoints: 180, contracted: 250, used: 180, left: 70, useVersion: 1 },
  ),
  allocateManyDatapoints: example(
    allocateManyDatapoints,
    {
      accountId,
      devices: [
        { deviceId: 'meter-1', datasource: 'modbus', datapoints: 150 },
        { deviceId: 'meter-2', datasource: 'mqtt', datapoints: 40, revision: 7 },
      ],
    },
    {
      devices: [
        { deviceId: 'meter-1', datapoints: 150 },
        { deviceId: 'meter-2', datapoints: 40 },
      ],
      ...{ contracted: 250, used: 190, left: 60, useVersion: 2 },
    },
  ),
  listAllocations: example(
    listAllocations,
    { accountId },
    {
      items: [
        { deviceId: 'meter-1', datasource: 'modbus', datapoints: 150, revision: null, setBy: 'ingestion', setAt },
        { deviceId: 'meter-2', datasource: 'mqtt', datapoints: 40, revision: 7, setBy: 'ingestion', setAt },
      ],
      next: null,
      count: 2,
    },
  ),
  getEntitlement: example(
    getEntitlement,
    { accountId },
    {
      accountId,
      organizationId,
      license: 'plus',
      features: ['dashboards', 'alerts', 'reports'],
      contracted: 250,
      used: 190,
      left: 60,
      rtcLines: 4,
      expiresOn: term.expiresOn,
      validUntil: term.expiresAt,
      timeZone: 'Europe/Madrid',
      clockAheadSeconds: 0,
      state: 'active',
      revision: 1,
      useVersion: 2,
    },
  ),
};

const opening = { version: 1, applicationId, cause: { applicationId } };
const changing = { ...opening, version: 2 };
const byMember = { applicationId: null, cause: { memberId: '01a1f0c2-40d7-7b90-8c35-0f6b4d2ea871' } };
const byOperator = { applicationId: null, cause: { service: 'operator' } };
const subscription = { accountId, timeZone: 'Europe/Madrid', term, clockAheadSeconds: 0 };
const renewedTerm = {
  ...term,
  number: 2,
  firstDay: '2027-12-01',
  expiresOn: '2028-11-30',
  expiresAt: '2028-11-30T23:00:00.000Z',
};
const renewed = { ...subscription, term: renewedTerm };

/** The example of a message; undefined if platform services may not send it. */
export function exampleOf(name: string): Example | undefined {
  return Object.values(examples).find((example) => example.name === name);
}

/**
 * An example of each event that services may follow, compared by the same specs. First what follows from the requests
 * above; then the account gets more datapoints, is renewed and follows another reminder policy. The last one is what
 * happens without the renewal.
 */
export const eventExamples: readonly Envelope[] = [
  published(accountCreated, opening, {
    ...{ accountId, country: 'ES', timeZone: 'Europe/Madrid', sector: 'retail', license: 'plus' },
    ...{ expiresOn: term.expiresOn, clockAheadSeconds: 0 },
  }),
  published(subscriptionOpened, opening, subscription),
  published(entitlementChanged, opening, {
    ...{ accountId, license: 'plus', features: ['dashboards', 'alerts', 'reports'], contracted: 250, rtcLines: 4 },
    ...{ timeZone: 'Europe/Madrid', term, validUntil: term.expiresAt, renewalPending: false },
    ...{ clockAheadSeconds: 0, clockMoved: false },
  }),
  published(
    useChanged,
    { version: 2, applicationId: null, cause: { service: 'ingestion' } },
    { accountId, used: 190, contracted: 250 },
  ),
  published(subscriptionChanged, changing, subscription),
  published(subscriptionRenewed, { ...changing, version: 3 }, renewed),
  published(
    policyChanged,
    { accountId: null, version: 2, ...byMember },
    { organizationId, version: 2, offsets: ['P2M', 'P1M', 'P7D'], localTime: '08:30' },
  ),
  published(policyChangeResumed, { accountId: null, version: 2, ...byOperator }, { organizationId, version: 2 }),
  published(subscriptionReplanned, { version: 3, ...byMember }, { ...renewed, license: 'plus' }),
  published(subscriptionResumed, { version: 3, ...byOperator }, { ...renewed, license: 'plus' }),
  published(
    subscriptionExpired,
    { at: '2027-11-30T23:00:01.482Z', version: 1, applicationId: null, cause: { service: 'licensing' } },
    subscription,
  ),
];

function example<R extends Request>({ name }: R, request: AskOf<R>, answer: AnswerOf<R>): Example<R> {
  return { name, request, answer };
}

function published<E extends Event>(
  event: E,
  about: Pick<Envelope, 'version' | 'applicationId' | 'cause'> & Partial<Envelope>,
  data: DataOf<E>,
): Envelope {
  return { id, type: event.name, schema: 1, at, organizationId, accountId, ...about, data };
}
