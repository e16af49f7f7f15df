import { randomUUID } from 'node:crypto';
import { listUnfinishedApplications, resumeApplications, withdrawApplication } from '@tenure/contracts';
import { eventually } from '@tenure/testing';
import { anAccount, approved, eventsAbout, startWorld, submit, type World } from '../testing/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

it('unfinished are those that wait, are being provisioned, or ended in the last 7 days; page by page', async () => {
  const { operator, gateway, solar } = world;
  const waiting = await submit(world);
  const provisioned = await approved(world);
  const fulfilled = await anAccount(world);
  const old = await submit(world);
  const key = { idempotencyKey: randomUUID(), applicationId: old.applicationId };
  await gateway.ask(withdrawApplication, { actor: solar.superAdmin, ...key });
  await world.service.database.sql(
    `update accounts.applications set ended_at = now() - interval '8 days' where application_id = $1`,
    [old.applicationId],
  );
  const found = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await operator.ask(listUnfinishedApplications, { limit: 2, ...(cursor && { cursor }) });
    found.push(...page.items);
    cursor = page.next;
  }
  expect(found).toEqual([
    { applicationId: waiting.applicationId, isOver: false },
    { applicationId: provisioned.applicationId, isOver: false },
    { applicationId: fulfilled.applicationId, isOver: true },
  ]);
});

it('resuming tells of an application and changes nothing; one that is not there is left out', async () => {
  const { applicationId, version, submittedAt } = await submit(world);
  await world.operator.ask(resumeApplications, { applicationIds: [randomUUID(), applicationId] });
  await eventually(async () =>
    expect((await eventsAbout(world, applicationId)).at(-1)).toMatchObject({
      type: 'accounts.application.resumed',
      version,
      cause: { service: 'operator' },
      data: { type: 'new_account', clockAheadSeconds: 0, submittedAt, hasEnded: false },
    }),
  );
});
