import { randomUUID } from 'node:crypto';
import { DomainError, previewApplication, submitApplication, withdrawApplication } from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { anAccount, aNewAccount, decide, settle, startWorld, submit } from '../testing/world.js';

/** How many times the race is run. */
const rounds = Array.from({ length: 20 }, (_, round) => round);

const world = forAllTests(() => startWorld({ MAX_PENDING_NEW_ACCOUNTS: '3' }));
afterEach(() => world.service.database.sql(`delete from accounts.applications where status = 'pending'`));

const full = {
  code: 'too_many_pending',
  message:
    'Your organization has 3 pending applications for new accounts; the limit is 3. You can send another once some are decided or withdrawn.',
  figures: { pending: 3, maximum: 3 },
};
const refused = {
  code: 'too_many_pending',
  status: 409,
  detail: full.message,
  errors: [{ path: 'application', ...full }],
  figures: full.figures,
};
const preview = () =>
  world.gateway.ask(previewApplication, { actor: world.solar.superAdmin, application: aNewAccount() });
const withdraw = (applicationId: string) =>
  world.gateway.ask(withdrawApplication, {
    ...{ actor: world.solar.superAdmin, applicationId, idempotencyKey: randomUUID() },
  });

describe('the applications for new accounts that an organization has pending', () => {
  it.each(rounds)('never exceed the configured limit, however many are sent at once (%i)', async () => {
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => submit(world, aNewAccount())));
    const sent = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(sent).toHaveLength(3);
    for (const result of results)
      if (result.status === 'rejected') expect((result.reason as DomainError).problem).toMatchObject(refused);
  });

  it('are counted in the preview; one that ends makes room for another, and a repeat needs none', async () => {
    const actor = world.solar.superAdmin;
    const [one, other] = [await submit(world), await submit(world)];
    expect(await preview()).toMatchObject({ approvable: true, refusals: [] });
    const submission = { actor, idempotencyKey: randomUUID(), application: aNewAccount() };
    const third = await world.gateway.ask(submitApplication, submission);
    expect((await preview()).refusals).toEqual([{ path: '', ...full }]);
    await expect(submit(world)).rejects.toMatchObject({ problem: refused });
    expect(await world.gateway.ask(submitApplication, submission)).toEqual(third);

    await withdraw(one.applicationId);
    await submit(world);
    await settle(world, other.applicationId, await decide(world, other.applicationId));
    await submit(world);
    await expect(submit(world)).rejects.toMatchObject({ problem: refused });
  });

  it('leave the name of a refused one free, and do not limit other organizations', async () => {
    for (let sent = 0; sent < 3; sent += 1) await submit(world);
    const application = aNewAccount();
    await expect(submit(world, application)).rejects.toMatchObject({ code: 'too_many_pending' });
    const taken = await world.service.database.sql('select 1 from accounts.account_names where name_key = $1', [
      application.accountName.toLowerCase(),
    ]);
    expect(taken).toEqual([]);
    const theirs = { ...application, country: 'FR', timeZone: 'Europe/Paris' };
    expect(await submit(world, theirs, { actor: world.wind.superAdmin })).toMatchObject({ status: 'pending' });
  });

  it('do not include changes of an account, and do not limit them', async () => {
    const { accountId } = await anAccount(world, { actor: world.wind.superAdmin, country: 'FR' });
    const actor = world.wind.superAdmin;
    await submit(world, { type: 'renew_subscription', accountId }, { actor });
    for (let sent = 0; sent < 3; sent += 1)
      await submit(world, aNewAccount({ country: 'FR', timeZone: 'Europe/Paris' }), { actor });
    await expect(
      submit(world, aNewAccount({ country: 'FR', timeZone: 'Europe/Paris' }), { actor }),
    ).rejects.toMatchObject({ code: 'too_many_pending' });
    expect(await submit(world, { type: 'change_datapoints', accountId, datapoints: 150 }, { actor })).toMatchObject({
      status: 'pending',
    });
  });
});
