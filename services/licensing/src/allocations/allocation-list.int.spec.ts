import {
  allocateDatapoints,
  allocateManyDatapoints,
  listAllocations,
  showAllocations,
  type Actor,
  type AskOf,
} from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import { forAllTests } from '@tenure/testing';
import { customerSuccess, startLicensing, superAdminOf } from '../testing/licensing.js';

const licensing = forAllTests(startLicensing);
let accountId: string;
let organizationId: string;
beforeAll(async () => {
  ({ accountId, organizationId } = await licensing.open({ datapoints: 100 }));
  const ingestion = licensing.ask('ingestion');
  await ingestion.ask(allocateManyDatapoints, {
    accountId,
    devices: [
      { deviceId: 'meter', datasource: 'modbus', datapoints: 30, revision: 7 },
      { deviceId: 'boiler', datasource: 'bacnet', datapoints: 20 },
      { deviceId: 'pump', datasource: 'modbus', datapoints: 10 },
    ],
  });
  await ingestion.ask(allocateDatapoints, { accountId, deviceId: 'pump', datasource: 'modbus', datapoints: 0 });
  const other = await licensing.open();
  await ingestion.ask(allocateDatapoints, {
    accountId: other.accountId,
    deviceId: 'meter',
    datasource: 'modbus',
    datapoints: 5,
  });
});

const list = (ask: Partial<AskOf<typeof listAllocations>> = {}, caller = 'devices') =>
  licensing.ask(caller).ask(listAllocations, { accountId, ...ask });
const idsOf = ({ items }: Awaited<ReturnType<typeof list>>) => items.map(({ deviceId }) => deviceId);

describe('the allocations of an account', () => {
  it('are listed by device, including released ones, with who set them and when', async () => {
    const common = { setBy: 'ingestion', setAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) };
    expect(await list()).toEqual({
      items: [
        { deviceId: 'boiler', datasource: 'bacnet', datapoints: 20, revision: null, ...common },
        { deviceId: 'meter', datasource: 'modbus', datapoints: 30, revision: 7, ...common },
        { deviceId: 'pump', datasource: 'modbus', datapoints: 0, revision: null, ...common },
      ],
      next: null,
      count: 3,
    });
  });

  it('come in pages, each device once', async () => {
    const first = await list({ limit: 2 });
    expect([idsOf(first), first.count]).toEqual([['boiler', 'meter'], 3]);
    const second = await list({ limit: 2, cursor: first.next! });
    expect([idsOf(second), second.next, second.count]).toEqual([['pump'], null, 3]);
  });

  it('can be filtered by device or by datasource', async () => {
    expect(idsOf(await list({ deviceId: 'meter' }))).toEqual(['meter']);
    expect(idsOf(await list({ datasource: 'modbus' }))).toEqual(['meter', 'pump']);
    expect(idsOf(await list({ datasource: 'bacnet', deviceId: 'meter' }))).toEqual([]);
  });

  it.each(['ingestion', 'alerting', 'reporting', 'devices'])('are read by %s', async (caller) =>
    expect((await list({}, caller)).count).toBe(3),
  );

  it('are not found for an unknown account', () =>
    expect(list({ accountId: uuidv7() })).rejects.toMatchObject({ code: 'not_found' }));
});

it.each(['alerting', 'reporting', 'devices'])('%s can read but not allocate', async (caller) => {
  const nats = await licensing.nats.connect();
  const asked = { accountId, deviceId: 'meter', datasource: 'modbus', datapoints: 1 };
  const reply = await nats.request(`${allocateDatapoints.name}.${caller}`, JSON.stringify(asked), { timeout: 30_000 });
  expect(reply.json()).toMatchObject({ code: 'forbidden' });
});

describe('people', () => {
  const show = (actor: Actor, ask: Partial<AskOf<typeof showAllocations>> = {}) =>
    licensing.ask('gateway').ask(showAllocations, { actor, accountId, ...ask });

  it('see the allocations of their own organization; Customer Success sees all', async () => {
    expect((await show(superAdminOf(organizationId))).items).toEqual((await list()).items);
    expect((await show(customerSuccess())).count).toBe(3);
  });

  it('see no other organization’s allocations', async () => {
    await expect(show(superAdminOf(uuidv7()))).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    ['PUM', ['pump']],
    ['bac', ['boiler']],
    ['modbus', ['meter', 'pump']],
    ['', ['boiler', 'meter', 'pump']],
    ['%', []],
    ['_', []],
    ['\\', []],
  ])('find them by part of the device or datasource: %j', async (text, found) =>
    expect((await show(superAdminOf(organizationId), { text })).items.map(({ deviceId }) => deviceId)).toEqual(found),
  );

  it('get them in pages', async () => {
    const first = await show(superAdminOf(organizationId), { limit: 2 });
    const second = await show(superAdminOf(organizationId), { limit: 2, cursor: first.next! });
    expect([first.items.length, second.items.map(({ deviceId }) => deviceId), second.next]).toEqual([
      2,
      ['pump'],
      null,
    ]);
  });
});
