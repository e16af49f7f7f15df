import {
  allocateDatapoints,
  allocateManyDatapoints,
  DomainError,
  getEntitlement,
  listSectors,
  setSubscriptionClock,
} from '@tenure/contracts';
import { uuidv7 } from 'uuidv7';
import { superAdminOf } from '../testing/licensing.js';
import { ownLicensing, type OwnLicensing } from '../testing/own-licensing.js';

/** No Temporal, no worker, no gateway, no accounts, no notifications: a process of licensing, its database, and NATS. */
let alone: OwnLicensing;
beforeAll(async () => {
  alone = await ownLicensing({ SANDBOX: 'on' });
  await alone.start();
});
afterAll(() => alone?.close());

/** How the account answers, and the times between which it did so. */
interface Answered {
  began: number;
  ended: number;
  state: string;
  allocated: string;
}

it('refuses an expired account from the instant on, with everything else down', async () => {
  const [ingestion, gateway] = await Promise.all([alone.nats.ask('ingestion'), alone.nats.ask('gateway')]);
  await expect(gateway.ask(listSectors, { actor: superAdminOf(uuidv7()) })).rejects.toMatchObject({
    code: 'unavailable',
  });
  /** An account whose clock is moved to so many seconds before its last instant; from there on, nobody does anything about it. */
  const ending = async (seconds: number) => {
    const { accountId, organizationId } = await alone.open({ datapoints: 100, months: 1 });
    const device = { accountId, deviceId: 'meter', datasource: 'modbus' };
    await ingestion.ask(allocateDatapoints, { ...device, datapoints: 1 });
    const { validUntil } = await ingestion.ask(getEntitlement, { accountId });
    const aheadSeconds = Math.floor((Date.parse(validUntil) - Date.now()) / 1_000) - seconds;
    await gateway.ask(setSubscriptionClock, { actor: superAdminOf(organizationId), accountId, aheadSeconds });
    return { accountId, device, stopsAt: Date.parse(validUntil) - aheadSeconds * 1_000 };
  };
  const answered = async ({ accountId, device }: Awaited<ReturnType<typeof ending>>): Promise<Answered> => {
    const began = Date.now();
    const allocated = await ingestion.ask(allocateDatapoints, { ...device, datapoints: 2 }).then(
      ({ used }) => `used ${used}`,
      (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
    );
    const { state } = await ingestion.ask(getEntitlement, { accountId });
    const answer = { began, ended: Date.now(), state, allocated };
    // Less is always allowed, so that the next one is more again.
    await ingestion.ask(allocateDatapoints, { ...device, datapoints: 1 });
    return answer;
  };

  // Of one whose instant had passed before it was asked, nothing would be seen but the end: another one has longer.
  let seconds = 4;
  let account = await ending(seconds);
  let answers = [await answered(account)];
  while (answers[0]!.allocated === 'account_expired' && answers[0]!.ended >= account.stopsAt) {
    account = await ending((seconds *= 2));
    answers = [await answered(account)];
  }
  while (answers.at(-1)!.allocated !== 'account_expired') answers.push(await answered(account));
  const { accountId, device, stopsAt } = account;
  // Nothing was given to it after its instant, and nothing refused before.
  for (const { began, ended, allocated, state } of answers) {
    expect(['used 2', 'account_expired']).toContain(allocated);
    if (allocated === 'used 2') expect(began).toBeLessThan(stopsAt);
    if (allocated === 'account_expired' || state === 'expired') expect(ended).toBeGreaterThanOrEqual(stopsAt);
  }
  expect(answers.at(-1)).toMatchObject({ state: 'expired' });
  await expect(
    ingestion.ask(allocateManyDatapoints, {
      accountId,
      devices: [{ deviceId: 'a', datasource: 'modbus', datapoints: 1 }],
    }),
  ).rejects.toMatchObject({ code: 'account_expired' });
  // It is expired by what time it is; that it has expired, nobody has recorded.
  expect(await alone.database.sql('select expired_at from licensing.terms where account_id = $1', [accountId])).toEqual(
    [{ expired_at: null }],
  );
  // What it uses can still be released.
  expect(await ingestion.ask(allocateDatapoints, { ...device, datapoints: 0 })).toMatchObject({ used: 0 });
});
