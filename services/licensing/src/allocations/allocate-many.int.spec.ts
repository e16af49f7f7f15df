import { allocateDatapoints, allocateManyDatapoints, getEntitlement, subjectFor, type AskOf } from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { startLicensing } from '../testing/licensing.js';
import { allocationsOf, figuresOf } from '../testing/quota.js';

type Device = AskOf<typeof allocateManyDatapoints>['devices'][number];

const licensing = forAllTests(startLicensing);

/** Devices, and what each is to use. */
const devicesOf = (uses: Record<string, number>): Device[] =>
  Object.entries(uses).map(([deviceId, datapoints]) => ({ deviceId, datasource: 'modbus', datapoints }));
const allocateMany = (accountId: string, uses: Record<string, number>) =>
  licensing.ask('ingestion').ask(allocateManyDatapoints, { accountId, devices: devicesOf(uses) }, { timeout: 20_000 });
const allocate = (accountId: string, deviceId: string, datapoints: number) =>
  licensing
    .ask('ingestion')
    .ask(allocateDatapoints, { accountId, deviceId, datasource: 'modbus', datapoints }, { timeout: 20_000 });
const stored = (accountId: string) => allocationsOf(licensing.database, accountId);
const figures = (accountId: string) => figuresOf(licensing.database, accountId);

describe('allocating datapoints to many devices', () => {
  it('sets what each uses, and returns what is left', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    expect(await allocateMany(accountId, { meter: 30, pump: 45 })).toEqual({
      devices: [
        { deviceId: 'meter', datapoints: 30 },
        { deviceId: 'pump', datapoints: 45 },
      ],
      contracted: 100,
      used: 75,
      left: 25,
      useVersion: 1,
    });
    expect(await licensing.ask('ingestion').ask(getEntitlement, { accountId })).toMatchObject({ used: 75, left: 25 });
    expect(await stored(accountId)).toEqual({ meter: 30, pump: 45 });
  });

  it('takes a thousand at once, and publishes the use once', async () => {
    const { accountId } = await licensing.open({ datapoints: 1000 });
    const uses = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`device ${index}`, 1]));
    expect(await allocateMany(accountId, uses)).toMatchObject({ used: 1000, left: 0, useVersion: 1 });
    expect(await figures(accountId)).toEqual({ contracted: 1000, used: 1000, allocated: 1000 });
    await eventually(async () =>
      expect(
        (await licensing.told(accountId))
          .filter(({ type }) => type === 'licensing.use.changed')
          .map(({ data }) => data),
      ).toEqual([{ accountId, used: 1000, contracted: 1000 }]),
    );
  });

  it('gives some devices what others release, even when everything is in use', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    await allocateMany(accountId, { meter: 60, pump: 40 });
    expect(await allocateMany(accountId, { meter: 10, pump: 0, boiler: 90 })).toMatchObject({
      used: 100,
      useVersion: 1,
    });
    expect(await stored(accountId)).toEqual({ meter: 10, pump: 0, boiler: 90 });
  });

  it('is refused as a whole beyond what is left, with the figures', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    await allocate(accountId, 'meter', 60);
    await expect(allocateMany(accountId, { meter: 50, pump: 30, boiler: 21 })).rejects.toMatchObject({
      problem: { code: 'datapoints_exceeded', status: 422, figures: { contracted: 100, used: 60, left: 40 } },
    });
    expect(await stored(accountId)).toEqual({ meter: 60 });
    expect(await figures(accountId)).toEqual({ contracted: 100, used: 60, allocated: 60 });
  });

  it('is invalid when it names a device twice, or more than a thousand', async () => {
    const { accountId } = await licensing.open();
    const nats = await licensing.nats.connect('ingestion');
    const refusal = async (devices: Device[]) =>
      (
        await nats.request(subjectFor(allocateManyDatapoints, 'ingestion'), JSON.stringify({ accountId, devices }), {
          timeout: 30_000,
        })
      ).json();
    const [meter] = devicesOf({ meter: 1 }) as [Device];
    expect(await refusal([meter, { ...meter, datapoints: 2 }])).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'devices.1.deviceId', message: 'This device is listed twice.' }],
    });
    const many = Array.from({ length: 1001 }, (_, index) => ({ ...meter, deviceId: `device ${index}` }));
    expect(await refusal(many)).toMatchObject({ code: 'invalid', errors: [{ path: 'devices', code: 'too_big' }] });
    expect(await refusal([])).toMatchObject({ code: 'invalid' });
    expect(await stored(accountId)).toEqual({});
  });
});

describe('concurrent requests, for one device or for many', () => {
  it('are all answered, in whatever order they name their devices', async () => {
    const { accountId } = await licensing.open({ datapoints: 1000 });
    const names = Array.from({ length: 40 }, (_, index) => `device ${index}`);
    const before = await deadlocks();
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const shuffled = names.toSorted(() => Math.random() - 0.5);
        return allocateMany(accountId, Object.fromEntries(shuffled.map((name) => [name, index % 20])));
      }),
    );
    const { used, allocated } = await figures(accountId);
    expect(used).toBe(allocated);
    expect(new Set(Object.values(await stored(accountId))).size).toBe(1);
    expect(await deadlocks()).toBe(before);
  });
});

/** How often PostgreSQL had to break a deadlock. */
async function deadlocks(): Promise<number> {
  const [row] = await licensing.database.sql<{ deadlocks: number }>(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  );
  return row!.deadlocks;
}
