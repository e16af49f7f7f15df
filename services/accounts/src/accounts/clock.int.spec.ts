import { showAccount, setAccountClock } from '@tenure/contracts';
import { forAllTests } from '@tenure/testing';
import { anAccount, startWorld } from '../testing/world.js';

const world = forAllTests(startWorld);

it('outside a sandbox nobody can move a clock', async () => {
  const { accountId } = await anAccount(world);
  for (const actor of [world.solar.superAdmin, world.reviewer])
    await expect(world.gateway.ask(setAccountClock, { actor, accountId, aheadSeconds: 60 })).rejects.toMatchObject({
      problem: { code: 'forbidden', status: 403 },
    });
  const { superAdmin: actor } = world.solar;
  expect((await world.gateway.ask(showAccount, { actor, accountId })).clockAheadSeconds).toBe(0);
});
