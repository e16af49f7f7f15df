import { allocateDatapoints, allocateManyDatapoints } from '@tenure/contracts';
import { startTestService, type TestService } from '@tenure/testing';
import fc from 'fast-check';
import { LicensingModule } from '../licensing.module.js';
import { startLicensing, type Licensing } from '../testing/licensing.js';

/** Two instances, so that concurrent requests share a transaction, or are in transactions of different processes. */
let licensing: Licensing;
let second: TestService;
beforeAll(async () => {
  licensing = await startLicensing();
  const { nats, database } = licensing;
  second = await startTestService({ service: 'licensing', module: LicensingModule, nats, database });
});
afterAll(async () => {
  await second?.close();
  await licensing?.close();
});

const one = (accountId: string, deviceId: string, datapoints: number) =>
  licensing
    .ask('ingestion')
    .ask(allocateDatapoints, { accountId, deviceId, datasource: 'modbus', datapoints }, { timeout: 20_000 });
const many = (accountId: string, uses: Record<string, number>) => {
  const devices = Object.entries(uses).map(([deviceId, datapoints]) => ({
    deviceId,
    datasource: 'modbus',
    datapoints,
  }));
  return licensing.ask('ingestion').ask(allocateManyDatapoints, { accountId, devices }, { timeout: 20_000 });
};
const stored = async (accountId: string) =>
  Object.fromEntries(
    (
      await licensing.database.sql<{ device_id: string; datapoints: number }>(
        'select device_id, datapoints from licensing.allocations where account_id = $1',
        [accountId],
      )
    ).map(({ device_id, datapoints }) => [device_id, datapoints]),
  );

describe('a request that shares a transaction', () => {
  it('is granted to exactly as many as fit, each with the figures at its own turn', async () => {
    const { accountId } = await licensing.open({ datapoints: 60 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 150 }, (_, index) => one(accountId, `device ${index}`, 1)),
    );
    const granted = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
    expect(granted.map(({ used }) => used).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
    for (const { used, left, useVersion } of granted) expect([left, useVersion]).toEqual([60 - used, used]);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'datapoints_exceeded' });
    expect(Object.keys(await stored(accountId))).toHaveLength(60);
  });

  it('is not refused because another one asks for too much', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    const asks = Array.from({ length: 90 }, (_, index) =>
      index % 3 === 0
        ? many(accountId, { [`pump ${index}`]: 1, [`boiler ${index}`]: 101 })
        : one(accountId, `meter ${index}`, 1),
    );
    const outcomes = await Promise.allSettled(asks);
    expect(outcomes.map(({ status }) => status)).toEqual(
      asks.map((_, index) => (index % 3 === 0 ? 'rejected' : 'fulfilled')),
    );
    expect(Object.keys(await stored(accountId)).filter((device) => !device.startsWith('meter'))).toEqual([]);
  });

  it('is not refused because of another request’s expired or unknown account', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    const { accountId: expired } = await licensing.open({ decidedAt: new Date('2026-09-01T10:00:00.000Z'), months: 1 });
    const unknown = '01900000-0000-7000-8000-0000000000ff';
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) => one([accountId, expired, unknown][index % 3]!, `device ${index}`, 1)),
    );
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'granted' : outcome.reason.code))).toEqual(
      outcomes.map((_, index) => ['granted', 'account_expired', 'not_found'][index % 3]),
    );
  });

  it('gets the answer it would have had if all had run one after the other, in some order', async () => {
    const ask = fc.tuple(
      fc.integer({ min: 0, max: 5 }).map((number) => `device ${number}`),
      fc.integer({ min: 0, max: 60 }),
    );
    const counts = { granted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(ask, { minLength: 30, maxLength: 90 }), async (asks) => {
        const { accountId } = await licensing.open({ datapoints: 100 });
        const outcomes = await Promise.allSettled(
          asks.map(([deviceId, datapoints]) => one(accountId, deviceId, datapoints)),
        );
        const granted = outcomes.flatMap((outcome, index) =>
          outcome.status === 'fulfilled' ? { ...outcome.value, deviceId: asks[index]![0] } : [],
        );
        const devices = new Map<string, number>();
        const byVersion = Object.groupBy(granted, ({ useVersion }) => useVersion);
        for (const [version, answers = []] of Object.entries(byVersion)) {
          // One request changed the use; the others with this version came right after it, and changed nothing.
          const changing = answers.filter(({ deviceId, datapoints }) => (devices.get(deviceId) ?? 0) !== datapoints);
          expect(new Set(changing.map(({ deviceId }) => deviceId)).size).toBe(version === '0' ? 0 : 1);
          for (const { deviceId, datapoints } of changing) devices.set(deviceId, datapoints);
          const used = [...devices.values()].reduce((sum, datapoints) => sum + datapoints, 0);
          for (const answer of answers)
            expect(answer).toMatchObject({
              datapoints: devices.get(answer.deviceId) ?? 0,
              used,
              left: 100 - used,
              contracted: 100,
            });
        }
        expect(Object.entries(byVersion)).toHaveLength(
          1 + Math.max(...granted.map(({ useVersion }) => useVersion)) - (byVersion[0] ? 0 : 1),
        );
        const isInUse = ([, datapoints]: [string, number]) => datapoints > 0;
        expect(Object.fromEntries(Object.entries(await stored(accountId)).filter(isInUse))).toEqual(
          Object.fromEntries([...devices].filter(isInUse)),
        );
        counts.granted += granted.length;
        counts.refused += outcomes.length - granted.length;
      }),
      { numRuns: 15, endOnFailure: true },
    );
    // Otherwise the spec would prove nothing.
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(50);
  });
});
