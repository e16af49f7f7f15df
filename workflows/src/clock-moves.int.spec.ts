import type { WorkflowHandle } from '@temporalio/client';
import { RetryLater } from '@tenure/platform';
import { eventually, Gate, testTemporal } from '@tenure/testing';
import { WorkflowStarts } from './consumer/workflow-starts.js';
import type { Settings } from './settings.js';
import { Engine } from './testing/engine.js';
import { eventsOf } from './testing/histories.js';
import { id, Records } from './testing/records.js';
import type { TemporalConnection } from './worker/temporal-connection.js';

const day = 24 * 60 * 60 * 1_000;

/** What the engine does with a clock that has a task under way when it is moved; platform's `moveClock` reckons with both. */
describe('a clock that is moved while its workflow has a task under way', () => {
  let engine: Engine;
  let records: Records;
  let accountId: string;
  let workflow: WorkflowHandle;
  beforeAll(async () => {
    records = new Records();
    engine = await Engine.start(records, await testTemporal());
    accountId = records.openAccount();
    workflow = await engine.startSubscription(accountId);
    await asleep(workflow);
  });
  afterAll(() => engine?.close());

  const asleep = (workflow: WorkflowHandle) =>
    eventually(async () => {
      // Asked of the history: a query would be one more task.
      expect((await eventsOf(workflow)).at(-1)).toBe('TIMER_STARTED');
    });
  const isMoving = () =>
    eventually(async () => {
      const { raw } = await workflow.describe();
      expect(raw.workflowExtendedInfo?.timeSkippingInfo?.effectiveConfig?.enabled).toBe(true);
    });

  it('by little: is waited for, since the engine would at times run on to the next timer, months away', async () => {
    for (let move = 0; move < 5; move++) {
      const target = (await engine.timeOf(workflow)) + 20;
      const moved = engine.moveSubscriptionTo(accountId, target);
      for (let told = 0; told < 5; told++) await engine.lookAgainAtSubscription(accountId);
      expect(await moved).toBe('moved');
      const time = await engine.timeOf(workflow);
      expect(time).toBeGreaterThanOrEqual(target);
      expect(time).toBeLessThan(target + day);
    }
    expect((await eventsOf(workflow)).filter((event) => /OPTIONS_UPDATED|TIME_SKIPPING/.test(event))).toEqual([]);
  });

  it('by two at once: ends at their target, not at twice the distance', async () => {
    await engine.stopWorker();
    await engine.lookAgainAtSubscription(accountId);
    const target = (await engine.timeOf(workflow)) + 100 * day;
    const first = engine.moveSubscriptionTo(accountId, target);
    await isMoving();
    const second = engine.moveSubscriptionTo(accountId, target);
    await engine.startWorker();
    expect(await Promise.all([first, second])).toEqual(['moved', 'moved']);
    const time = await engine.timeOf(workflow);
    expect(time).toBeGreaterThanOrEqual(target);
    expect(time).toBeLessThan(target + day);
  });

  it('by two who look at the same time: ends at their target too, if one leaves it to the other first', async () => {
    // Within what the other leaves to it, the first has to be seen to move.
    const leftToTheFirst = 10_000;
    const movedByTwo = async () => {
      const accountId = records.openAccount();
      const workflow = await engine.startSubscription(accountId);
      await asleep(workflow);
      const target = Date.now() + 100 * day;
      await Promise.all(
        [0, leftToTheFirst].map((leftToOthers) => engine.moveSubscriptionTo(accountId, target, leftToOthers)),
      );
      expect(await engine.timeOf(workflow)).toBeLessThan(target + day);
    };
    await Promise.all(Array.from({ length: 8 }, movedByTwo));
  });
});

it('a move whose answer is lost is made once: the event that comes again finds it', async () => {
  const temporal = await testTemporal();
  const records = new Records();
  const engine = await Engine.start(records, temporal);
  const gate = await Gate.before(temporal.address);
  const settings = { temporal: { ...temporal, address: gate.address }, sandbox: true } as Settings;
  const starts = new WorkflowStarts(settings, { client: engine.client } as TemporalConnection);
  const accountId = records.openAccount();
  const workflow = await engine.startSubscription(accountId);
  const about = { searchable: { AccountId: accountId, OrganizationId: id() }, clockAheadSeconds: (100 * day) / 1_000 };
  const target = Date.now() + 100 * day;
  // Its connection is there by then.
  await starts.lookAgainAtSubscription(accountId, { ...about, clockAheadSeconds: 0.01 });
  const told = starts.lookAgainAtSubscription(accountId, about).catch((error: unknown) => error);
  const isMove = () => gate.held().includes('time_skipping_config');
  await eventually(() => {
    if (!isMove()) gate.open();
    gate.hold();
    expect(isMove()).toBe(true);
  });
  gate.loseAnswers();
  gate.open();
  await eventually(async () => expect(await engine.timeOf(workflow)).toBeGreaterThan(target - day));
  gate.shut();
  gate.open();
  expect(await told).toBeInstanceOf(RetryLater);
  await eventually(() => starts.lookAgainAtSubscription(accountId, about));
  const time = await engine.timeOf(workflow);
  expect(time).toBeGreaterThanOrEqual(target);
  expect(time).toBeLessThan(target + day);
  await starts.onApplicationShutdown();
  gate.close();
  await engine.close();
});
