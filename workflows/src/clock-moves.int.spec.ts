import type { WorkflowHandle } from '@temporalio/client';
import { eventually, testTemporal } from '@tenure/testing';
import { Engine } from './spec/engine.js';
import { Records } from './spec/records.js';

const second = 1_000;
const day = 24 * 60 * 60 * second;

/** What the engine does with a clock that has a task under way when it is moved; platform's `moveClock` reckons with both. */
describe('a clock that is moved while its workflow has a task under way', () => {
  let engine: Engine;
  let accountId: string;
  let workflow: WorkflowHandle;
  beforeAll(async () => {
    const records = new Records();
    engine = await Engine.start(records, await testTemporal());
    accountId = records.openAccount();
    workflow = await engine.startSubscription(accountId);
    await asleep();
  }, 60_000);
  beforeEach(async () => {
    await engine.stopWorker();
    await engine.lookAgainAtSubscription(accountId);
  });
  afterAll(() => engine?.close());

  const asleep = () =>
    eventually(async () => {
      const { raw } = await workflow.describe();
      expect([raw.pendingWorkflowTask ?? null, await engine.details(workflow)]).toEqual([
        null,
        expect.stringContaining('**Sleeps until'),
      ]);
    });
  const isMoving = () =>
    eventually(async () => {
      const { raw } = await workflow.describe();
      expect(raw.workflowExtendedInfo?.timeSkippingInfo?.effectiveConfig?.enabled).toBe(true);
    });

  it('by a second: is not moved on to the next timer, which is months away', async () => {
    const target = (await engine.timeOf(workflow)) + second;
    expect(await engine.moveSubscriptionTo(accountId, target)).toBe('moved');
    await engine.startWorker();
    await asleep();
    const time = await engine.timeOf(workflow);
    expect(time).toBeGreaterThanOrEqual(target);
    expect(time).toBeLessThan(target + day);
  }, 30_000);

  it('by two at once: ends at their target, not at twice the distance', async () => {
    const target = (await engine.timeOf(workflow)) + 100 * day;
    const first = engine.moveSubscriptionTo(accountId, target);
    await isMoving();
    const second = engine.moveSubscriptionTo(accountId, target);
    await engine.startWorker();
    expect(await Promise.all([first, second])).toEqual(['moved', 'moved']);
    const time = await engine.timeOf(workflow);
    expect(time).toBeGreaterThanOrEqual(target);
    expect(time).toBeLessThan(target + day);
  }, 30_000);
});
