import type { WorkflowHandle } from '@temporalio/client';
import { RetryLater } from '@tenure/platform/messaging';
import { eventually, Gate, testTemporal } from '@tenure/testing';
import { WorkflowStarts } from './consumer/workflow-starts.js';
import type { Settings } from './settings.js';
import { Engine } from './testing/engine.js';
import { eventsOf } from './testing/histories.js';
import { id, Records } from './testing/records.js';
import type { TemporalConnection } from './worker/temporal-connection.js';

const day = 24 * 60 * 60 * 1_000;

/**
 * How Temporal handles a clock that is moved during a workflow task; platform's `moveClock` accounts for both cases.
 */
describe('a clock that is moved during a workflow task', () => {
  let engine: Engine;
  let records: Records;
  let accountId: string;
  let workflow: WorkflowHandle;
  beforeEach(async () => {
    records = new Records();
    engine = await Engine.start(records, await testTemporal());
    accountId = records.openAccount();
    workflow = await engine.startSubscription(accountId);
    await asleep(workflow);
  });
  afterEach(() => engine?.close());

  const asleep = (workflow: WorkflowHandle) =>
    eventually(async () => {
      // Read from the history: a query would be one more task.
      expect((await eventsOf(workflow)).at(-1)).toBe('TIMER_STARTED');
    });
  const isMoving = () =>
    eventually(async () => {
      const { raw } = await workflow.describe();
      expect(raw.workflowExtendedInfo?.timeSkippingInfo?.effectiveConfig?.enabled).toBe(true);
    });

  it('by little: waits instead, since Temporal would sometimes skip to the next timer, months away', async () => {
    for (let move = 0; move < 5; move++) {
      const target = (await engine.timeOf(workflow)) + 20;
      const moved = engine.moveSubscriptionTo(accountId, target);
      for (let signals = 0; signals < 5; signals++) await engine.lookAgainAtSubscription(accountId);
      expect(await moved).toBe('moved');
      const time = await engine.timeOf(workflow);
      expect(time).toBeGreaterThanOrEqual(target);
      expect(time).toBeLessThan(target + day);
    }
    expect((await eventsOf(workflow)).filter((event) => /OPTIONS_UPDATED|TIME_SKIPPING/.test(event))).toEqual([]);
  });

  it('by two movers at once: ends at their target, not at twice the distance', async () => {
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

  it('by two movers that check at the same time: also ends at their target, if one lets the other go first', async () => {
    // The first mover must be seen to move within this time.
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

describe('a workflow that receives a signal while it is behind its account’s clock,', () => {
  const target = Date.now() + 100 * day;
  let engine: Engine;
  let gate: Gate;
  let address: Settings['temporal'];
  let starts: WorkflowStarts;
  let accountId: string;
  let workflow: WorkflowHandle;
  beforeEach(async () => {
    const temporal = await testTemporal();
    const records = new Records();
    engine = await Engine.start(records, temporal);
    gate = await Gate.before(temporal.address);
    address = { ...temporal, server: () => ({ address: gate.address }) };
    starts = startsIn({ sandbox: true });
    accountId = records.openAccount();
    workflow = await engine.startSubscription(accountId);
    // Opens the connection.
    await signal(0.01);
  });
  afterEach(async () => {
    await starts.onApplicationShutdown();
    gate.close();
    await engine.close();
  });

  const startsIn = ({ sandbox }: { sandbox: boolean }) =>
    new WorkflowStarts(
      { temporal: address, sandbox, deployment: {} } as Settings,
      { client: engine.client } as TemporalConnection,
    );
  const signal = (clockAheadSeconds = (100 * day) / 1_000, of = starts) =>
    of.lookAgainAtSubscription(accountId, {
      searchable: { AccountId: accountId, OrganizationId: id() },
      clockAheadSeconds,
    });
  const isAsked = () => eventually(() => expect(gate.held().includes(accountId)).toBe(true));
  const isMove = () => gate.held().includes('time_skipping_config');
  const standsAtTheTarget = async () => {
    const time = await engine.timeOf(workflow);
    expect(time).toBeGreaterThanOrEqual(target);
    expect(time).toBeLessThan(target + day);
  };

  it('is left to whoever moves that clock, and checked again before it is moved', async () => {
    gate.hold();
    const signaled = signal();
    await isAsked();
    gate.open();
    gate.hold();
    await isAsked();
    expect(isMove()).toBe(false);
    await engine.moveSubscriptionTo(accountId, target + 60_000);
    gate.open();
    await signaled;
    await standsAtTheTarget();
  });

  it('stays where it is outside the sandbox, whatever the event says about the clock', async () => {
    const outside = startsIn({ sandbox: false });
    await signal((100 * day) / 1_000, outside);
    await outside.onApplicationShutdown();
    expect(await engine.timeOf(workflow)).toBeLessThan(target - day);
  });

  it('is moved once if the answer to the move is lost: the redelivered event finds it moved', async () => {
    const signaled = signal().catch((error: unknown) => error);
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
    expect(await signaled).toBeInstanceOf(RetryLater);
    await eventually(() => signal());
    await standsAtTheTarget();
  });
});
