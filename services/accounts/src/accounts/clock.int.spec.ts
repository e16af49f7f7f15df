import { showAccount, setAccountClock } from '@tenure/contracts';
import { anAccount, startWorld, type World } from '../testing/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

it('outside a sandbox nobody can move a clock', async () => {
  const { accountId } = await anAccount(world);
  for (const actor of [world.solar.superAdmin, world.reviewer])
    await expect(world.gateway.ask(setAccountClock, { actor, accountId, aheadSeconds: 60 })).rejects.toMatchObject({
      problem: { code: 'forbidden', status: 403 },
    });
  const { superAdmin: actor } = world.solar;
  expect((await world.gateway.ask(showAccount, { actor, accountId })).clockAheadSeconds).toBe(0);
});
