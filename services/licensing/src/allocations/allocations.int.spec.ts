import { allocateDatapoints, getEntitlement, type AskOf } from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { startLicensing } from '../testing/licensing.js';
import { figuresOf } from '../testing/quota.js';

const licensing = forAllTests(startLicensing);

const allocate = (
  accountId: string,
  deviceId: string,
  datapoints: number,
  more: Partial<AskOf<typeof allocateDatapoints>> = {},
) =>
  licensing
    .ask('ingestion')
    .ask(allocateDatapoints, { accountId, deviceId, datasource: 'modbus', datapoints, ...more }, { timeout: 20_000 });
const figures = (accountId: string) => figuresOf(licensing.database, accountId);
const devices = (accountId: string) =>
  licensing.database.sql(
    `select device_id, datasource, datapoints, set_by, set_at > now() - interval '1 hour' as recently
     from licensing.allocations where account_id = $1`,
    [accountId],
  );
const anExpiredAccount = () => licensing.open({ decidedAt: new Date('2026-09-01T10:00:00.000Z'), months: 1 });

describe('allocating datapoints to a device', () => {
  it('sets what the device uses, and returns what is left', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    expect(await allocate(accountId, 'meter', 30)).toEqual({
      datapoints: 30,
      contracted: 100,
      used: 30,
      left: 70,
      useVersion: 1,
    });
    expect(await allocate(accountId, 'meter', 45)).toMatchObject({ used: 45, useVersion: 2 });
    expect(await allocate(accountId, 'pump', 55)).toMatchObject({ used: 100, left: 0, useVersion: 3 });
    expect(await licensing.ask('ingestion').ask(getEntitlement, { accountId })).toMatchObject({
      used: 100,
      left: 0,
      revision: 1,
      useVersion: 3,
    });
  });

  it('accepts an account id in capital letters', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    expect(await allocate(accountId.toUpperCase(), 'meter', 30)).toMatchObject({ used: 30 });
    const asked = { accountId: accountId.toUpperCase() };
    expect(await licensing.ask('ingestion').ask(getEntitlement, asked)).toMatchObject({ accountId, used: 30 });
  });

  it('takes the device id literally: an id with surrounding space is a different device', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    await allocate(accountId, 'meter', 30);
    expect(await allocate(accountId, ' meter ', 20)).toMatchObject({ datapoints: 20, used: 50 });
  });

  it('says what a name may contain when it contains a null character', async () => {
    const { accountId } = await licensing.open();
    await expect(allocate(accountId, 'meter\0', 30)).rejects.toMatchObject({
      problem: { errors: [{ path: 'deviceId', message: '1 to 200 characters, none of them null.' }] },
    });
  });

  it('changes nothing when it is repeated', async () => {
    const { accountId } = await licensing.open();
    const first = await allocate(accountId, 'meter', 30);
    const before = await licensing.database.sql('select * from licensing.allocations where account_id = $1', [
      accountId,
    ]);
    expect(await allocate(accountId, 'meter', 30)).toEqual(first);
    const after = await licensing.database.sql('select * from licensing.allocations where account_id = $1', [
      accountId,
    ]);
    expect(after).toEqual(before);
  });

  it('releases with 0, and keeps the row', async () => {
    const { accountId } = await licensing.open();
    await allocate(accountId, 'meter', 30);
    expect(await allocate(accountId, 'meter', 0)).toMatchObject({ datapoints: 0, used: 0 });
    expect(await figures(accountId)).toMatchObject({ used: 0, allocated: 0 });
  });

  it('can move a device to another datasource without using more', async () => {
    const { accountId } = await licensing.open();
    await allocate(accountId, 'meter', 30);
    expect(await allocate(accountId, 'meter', 30, { datasource: 'bacnet' })).toMatchObject({ used: 30, useVersion: 1 });
    expect(await devices(accountId)).toMatchObject([{ device_id: 'meter', datasource: 'bacnet', datapoints: 30 }]);
  });

  it('records who set it, and when; each time', async () => {
    const { accountId } = await licensing.open();
    await allocate(accountId, 'meter', 30);
    const stored = { device_id: 'meter', datasource: 'modbus', set_by: 'ingestion', recently: true };
    expect(await devices(accountId)).toEqual([{ ...stored, datapoints: 30 }]);
    await licensing.database.sql(
      `update licensing.allocations set set_by = 'another', set_at = now() - interval '1 day' where account_id = $1`,
      [accountId],
    );
    await allocate(accountId, 'meter', 40);
    expect(await devices(accountId)).toEqual([{ ...stored, datapoints: 40 }]);
  });

  it('is refused beyond what is left, with the figures, and leaves the device as it was', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    await allocate(accountId, 'meter', 60);
    await expect(allocate(accountId, 'meter', 101)).rejects.toMatchObject({
      problem: {
        code: 'datapoints_exceeded',
        status: 422,
        detail: 'Contracted: 100; in use: 60; left: 40.',
        figures: { contracted: 100, used: 60, left: 40 },
      },
    });
    await expect(allocate(accountId, 'pump', 41)).rejects.toMatchObject({ code: 'datapoints_exceeded' });
    expect(await figures(accountId)).toEqual({ contracted: 100, used: 60, allocated: 60 });
  });

  it('is refused for an unknown account, and stores nothing', async () => {
    const accountId = uuidv7();
    await expect(allocate(accountId, 'meter', 1)).rejects.toMatchObject({ code: 'not_found' });
    expect(
      await licensing.database.sql('select from licensing.allocations where account_id = $1', [accountId]),
    ).toEqual([]);
  });
});

describe('an older revision of a device', () => {
  it('changes nothing, and is answered with the current allocation', async () => {
    const { accountId } = await licensing.open();
    await allocate(accountId, 'meter', 30, { revision: 7 });
    expect(await allocate(accountId, 'meter', 90, { revision: 6 })).toMatchObject({ datapoints: 30, used: 30 });
    expect(await allocate(accountId, 'meter', 40, { revision: 8 })).toMatchObject({ datapoints: 40, used: 40 });
  });

  it('is still recognized after a request without a revision', async () => {
    const { accountId } = await licensing.open();
    await allocate(accountId, 'meter', 30, { revision: 7 });
    await allocate(accountId, 'meter', 50);
    expect(await allocate(accountId, 'meter', 10, { revision: 6 })).toMatchObject({ datapoints: 50 });
  });

  it('loses to a newer one, in whatever order concurrent requests arrive', async () => {
    const { accountId } = await licensing.open({ datapoints: 1000 });
    const revisions = Array.from({ length: 40 }, (_, index) => index + 1);
    await Promise.all(
      revisions
        .toSorted(() => Math.random() - 0.5)
        .map((revision) => allocate(accountId, 'meter', revision, { revision })),
    );
    expect(await figures(accountId)).toMatchObject({ used: 40, allocated: 40 });
  });
});

describe('an expired account', () => {
  it('gets no increase', async () => {
    const { accountId } = await anExpiredAccount();
    await expect(allocate(accountId, 'meter', 1)).rejects.toMatchObject({
      problem: {
        code: 'account_expired',
        status: 422,
        detail: 'The account has expired; it can only be renewed.',
        figures: { contracted: 200, used: 0, left: 200 },
      },
    });
  });

  it('can use less, and release', async () => {
    const { accountId } = await licensing.open();
    await allocate(accountId, 'meter', 50);
    await licensing.database.sql(`update licensing.entitlements set valid_until = now() where account_id = $1`, [
      accountId,
    ]);
    expect(await allocate(accountId, 'meter', 20)).toMatchObject({ used: 20 });
    await expect(allocate(accountId, 'meter', 21)).rejects.toMatchObject({ code: 'account_expired' });
    expect(await allocate(accountId, 'meter', 0)).toMatchObject({ used: 0 });
  });
});

describe('use is published', () => {
  it('once per account with the latest figure, under its own version', async () => {
    const { accountId, organizationId } = await licensing.open({ datapoints: 1000 });
    await Promise.all(Array.from({ length: 50 }, (_, index) => allocate(accountId, `device ${index}`, 2)));
    await eventually(async () => {
      const told = (await licensing.events()).filter(
        (event) => event.accountId === accountId && event.type === 'licensing.use.changed',
      );
      expect(told.length).toBeLessThanOrEqual(50);
      expect(told.toSorted((a, b) => a.version - b.version).at(-1)).toMatchObject({
        organizationId,
        version: 50,
        cause: { service: 'ingestion' },
        data: { accountId, used: 100, contracted: 1000 },
      });
    });
  });

  it('only if it has changed', async () => {
    const { accountId } = await licensing.open();
    await allocate(accountId, 'meter', 0);
    expect((await licensing.told(accountId)).map(({ type }) => type)).not.toContain('licensing.use.changed');
  });
});

describe('concurrent requests', () => {
  it('count two first allocations of one device once', async () => {
    for (let round = 0; round < 30; round += 1) {
      const { accountId } = await licensing.open({ datapoints: 100 });
      await Promise.all([allocate(accountId, 'meter', 30), allocate(accountId, 'meter', 48)]);
      const { used, allocated } = await figures(accountId);
      expect(used).toBe(allocated);
      expect([30, 48]).toContain(used);
    }
  });

  it('can use what another request released while they waited for the device', async () => {
    const { accountId } = await licensing.open({ datapoints: 100 });
    await allocate(accountId, 'meter', 60);
    const { sql, lockWaits } = licensing.database;
    await sql('begin');
    await sql('update licensing.allocations set datapoints = 0 where account_id = $1', [accountId]);
    await sql('update licensing.entitlements set used = 0 where account_id = $1', [accountId]);
    const allocating = allocate(accountId, 'meter', 80);
    await eventually(async () => expect(await lockWaits()).toBe(1));
    await sql('commit');
    expect(await allocating).toMatchObject({ datapoints: 80, used: 80, left: 20 });
  });
});
