import { allocateDatapoints, listLicensingAudit, recountDatapoints } from '@tenure/contracts';
import { eventually, forAllTests } from '@tenure/testing';
import { uuidv7 } from 'uuidv7';
import { startLicensing, superAdminOf } from '../testing/licensing.js';
import { figuresOf } from '../testing/quota.js';

const licensing = forAllTests(startLicensing);

const allocate = (accountId: string, deviceId: string, datapoints: number) =>
  licensing.ask('ingestion').ask(allocateDatapoints, { accountId, deviceId, datasource: 'modbus', datapoints });
const recount = async (...accountIds: string[]) =>
  (await licensing.ask('operator').ask(recountDatapoints, { accountIds })).items;
/** An account with 100 datapoints and one device that uses 30, whose `used` has been overwritten by hand. */
async function tampered(used: number) {
  const account = await licensing.open({ datapoints: 100 });
  await allocate(account.accountId, 'meter', 30);
  await licensing.database.sql('update licensing.entitlements set used = $2 where account_id = $1', [
    account.accountId,
    used,
  ]);
  return account;
}

it.each([0, 29, 31, 100])(
  'a stored use of %d becomes the sum of the allocations, with an event and an audit entry',
  async (used) => {
    const { accountId, organizationId } = await tampered(used);
    expect(await recount(accountId)).toEqual([
      { accountId, contracted: 100, usedBefore: used, used: 30, allocated: 30 },
    ]);
    expect(await figuresOf(licensing.database, accountId)).toEqual({ contracted: 100, used: 30, allocated: 30 });

    const { items } = await licensing
      .ask('gateway')
      .ask(listLicensingAudit, { actor: superAdminOf(organizationId), accountId, limit: 1 });
    expect(items).toMatchObject([
      {
        action: 'use.recounted',
        by: { kind: 'operator', memberId: null, service: null },
        before: { used },
        after: { used: 30, allocated: 30 },
      },
    ]);
    await eventually(async () =>
      expect((await licensing.told(accountId)).at(-1)).toMatchObject({
        type: 'licensing.use.changed',
        version: 2,
        cause: { service: 'operator' },
        data: { accountId, used: 30, contracted: 100 },
      }),
    );
  },
);

it('accounts whose use is right, and unknown accounts, are left alone; repeating changes nothing', async () => {
  const [right, wrong] = [await tampered(30), await tampered(7)];
  const before = await licensing.told(right.accountId);
  expect(await recount(right.accountId, wrong.accountId, uuidv7())).toMatchObject([{ accountId: wrong.accountId }]);
  expect(await recount(right.accountId, wrong.accountId)).toEqual([]);
  expect(await licensing.told(right.accountId)).toEqual(before);
});

it('where devices use more than is contracted, use is set to the full contract until they release some', async () => {
  const { accountId } = await tampered(30);
  await licensing.database.sql('update licensing.allocations set datapoints = 130 where account_id = $1', [accountId]);
  const over = { accountId, contracted: 100, used: 100, allocated: 130 };
  expect(await recount(accountId)).toEqual([{ ...over, usedBefore: 30 }]);
  await expect(allocate(accountId, 'pump', 1)).rejects.toMatchObject({ code: 'datapoints_exceeded' });
  expect(await recount(accountId)).toEqual([{ ...over, usedBefore: 100 }]);

  await allocate(accountId, 'meter', 80);
  expect(await recount(accountId)).toMatchObject([{ usedBefore: 50, used: 80, allocated: 80 }]);
});

it('no concurrent allocation is missed', async () => {
  const { accountId } = await licensing.open({ datapoints: 1_000 });
  for (let round = 1; round <= 20; round += 1) {
    await licensing.database.sql('update licensing.entitlements set used = 0 where account_id = $1', [accountId]);
    await Promise.all([
      recount(accountId),
      ...Array.from({ length: 8 }, (_, device) => allocate(accountId, `meter-${device}`, round)),
    ]);
    await recount(accountId);
    const { used, allocated } = await figuresOf(licensing.database, accountId);
    expect([used, allocated]).toEqual([8 * round, 8 * round]);
  }
});
