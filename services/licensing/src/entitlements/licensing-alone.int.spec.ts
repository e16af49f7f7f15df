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

/** No Temporal, worker, gateway, accounts or notifications: only a licensing process, its database, and NATS. */
let alone: OwnLicensing;
beforeAll(async () => {
  alone = await ownLicensing({ SANDBOX: 'on' });
  await alone.start();
});
afterAll(() => alone?.close());

/** How an allocation was answered, and the times between which it was. */
interface Answered {
  began: number;
  ended: number;
  state: string;
  allocated: string;
}

it('an account is refused from the instant at which it expires, even with everything else down', async () => {
  const [ingestion, gateway] = await Promise.all([alone.nats.ask('ingestion'), alone.nats.ask('gateway')]);
  await expect(gateway.ask(listSectors, { actor: superAdminOf(uuidv7()) })).rejects.toMatchObject({
    code: 'unavailable',
  });
  /** An account whose clock is moved to that many seconds before it expires; from then on, nobody touches it. */
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
    // A decrease is always allowed, so that the next request is an increase again.
    await ingestion.ask(allocateDatapoints, { ...device, datapoints: 1 });
    return answer;
  };

  // If the instant has passed before the first request, only refusals show: try another account with more time.
  let seconds = 4;
  let account = await ending(seconds);
  let answers = [await answered(account)];
  while (answers[0]!.allocated === 'account_expired' && answers[0]!.ended >= account.stopsAt) {
    account = await ending((seconds *= 2));
    answers = [await answered(account)];
  }
  while (answers.at(-1)!.allocated !== 'account_expired') answers.push(await answered(account));
  const { accountId, device, stopsAt } = account;
  // Nothing was granted after its instant, and nothing refused before.
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
  // It is expired because of the time alone: nobody has recorded the expiry.
  expect(await alone.database.sql('select expired_at from licensing.terms where account_id = $1', [accountId])).toEqual(
    [{ expired_at: null }],
  );
  // It can still release what it uses.
  expect(await ingestion.ask(allocateDatapoints, { ...device, datapoints: 0 })).toMatchObject({ used: 0 });
});
