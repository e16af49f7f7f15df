import type { WorkflowHandle } from '@temporalio/client';
import { policyChangeWorkflowId } from '@tenure/contracts/workflows';
import { eventually, testTemporal } from '@tenure/testing';
import { Engine, waitsFor } from './testing/engine.js';
import { eventsOf, makeLong, summariesIn, untilHandled } from './testing/histories.js';
import { sinceIn } from './testing/minutes.js';
import { Records } from './testing/records.js';

let records: Records;
let engine: Engine;
beforeAll(async () => {
  records = new Records();
  engine = await Engine.start(records, await testTemporal());
});
afterEach(() => records.settle());
afterAll(() => engine?.close());

type Change = ReturnType<Records['choosePolicy']>;
const stateOf = ({ version }: Change) => records.policyChanges.get(version)!;
/** Runs `happens` while the batch with this number is being requested. */
function atBatch(batch: number, happens: () => unknown): void {
  let asked = 0;
  records.before = async (name) => {
    if (name === 'advancePolicyChange' && (asked += 1) === batch) await happens();
  };
}
const handleOf = (change: Change) => engine.client.workflow.getHandle(policyChangeWorkflowId(change));
const batchesAsked = () => records.asked.filter((name) => name === 'advancePolicyChange').length;
const said = (workflow: WorkflowHandle, words: string) =>
  eventually(async () => expect(await engine.details(workflow)).toContain(words));

describe('a policy change', () => {
  it('requests one batch after another, a second apart, until every subscription has been checked', async () => {
    const change = records.choosePolicy(250);
    const before = batchesAsked();
    const begun = Date.now();
    const workflow = await engine.startPolicyChange(change);
    expect(await workflow.result()).toBe('applied');
    expect(Date.now() - begun).toBeGreaterThanOrEqual(2_000);
    expect(stateOf(change)).toMatchObject({ lookedAt: 250, batches: 3 });
    expect(batchesAsked() - before).toBe(3);
    expect((await eventsOf(workflow)).filter((event) => event.startsWith('TIMER'))).toEqual([
      ...['TIMER_STARTED', 'TIMER_FIRED'],
      ...['TIMER_STARTED', 'TIMER_FIRED'],
    ]);
    await engine.keepHistory('policy-change-applied', workflow);
  });

  it('keeps its pace however often it is signaled to look again', async () => {
    const change = records.choosePolicy(100_000);
    const before = batchesAsked();
    const begun = Date.now();
    const workflow = await engine.startPolicyChange(change);
    await eventually(async () => {
      await engine.lookAgainAtPolicyChange(change);
      expect(batchesAsked() - before).toBeGreaterThanOrEqual(3);
    });
    expect(Date.now() - begun).toBeGreaterThanOrEqual(2_000);
    await workflow.terminate();
  });

  it('waits while it is stopped, without a timer, and continues where it was', async () => {
    const change = records.choosePolicy(300);
    atBatch(2, () => {
      stateOf(change).state = 'stopped';
    });
    const workflow = await engine.startPolicyChange(change);
    await said(workflow, '**Stopped by the organization**');
    expect(stateOf(change)).toMatchObject({ lookedAt: 100, batches: 1 });
    const { raw } = await workflow.describe();
    expect(raw.pendingActivities).toEqual([]);
    expect((await eventsOf(workflow)).filter((event) => event.startsWith('TIMER'))).toEqual([
      'TIMER_STARTED',
      'TIMER_FIRED',
    ]);
    await engine.keepHistory('policy-change-stopped', workflow);
    stateOf(change).state = 'applying';
    await engine.lookAgainAtPolicyChange(change);
    expect(await workflow.result()).toBe('applied');
    expect(stateOf(change)).toMatchObject({ lookedAt: 300, batches: 3 });
    await engine.keepHistory('policy-change-continued', workflow);
  });

  it('does not miss that it is resumed while the answer that it is stopped is in flight', async () => {
    const change = records.choosePolicy(100);
    stateOf(change).state = 'stopped';
    records.out.add('licensing');
    const workflow = await engine.startPolicyChange(change);
    await waitsFor(workflow, 'advancePolicyChange');
    records.after = async () => {
      records.after = () => {};
      stateOf(change).state = 'applying';
      await untilHandled(workflow, 'SIGNALED', () => engine.lookAgainAtPolicyChange(change));
    };
    records.out.clear();
    expect(await workflow.result()).toBe('applied');
  });

  it('ends when a newer policy supersedes it, even while it is stopped', async () => {
    const change = records.choosePolicy(300);
    stateOf(change).state = 'stopped';
    const workflow = await engine.startPolicyChange(change);
    await said(workflow, '**Stopped by the organization**');
    stateOf(change).state = 'superseded';
    await engine.lookAgainAtPolicyChange(change);
    expect(await workflow.result()).toBe('superseded');
    expect(await engine.details(workflow)).toContain(
      'a newer policy superseded it and moves the remaining subscriptions',
    );
    expect(stateOf(change).batches).toBe(0);
    await engine.keepHistory('policy-change-superseded', workflow);
  });

  it('that was lost is started again from the record, and does no batch twice', async () => {
    const change = records.choosePolicy(300);
    atBatch(2, () => handleOf(change).terminate());
    const lost = await engine.startPolicyChange(change);
    await expect(lost.result()).rejects.toMatchObject({ cause: { name: 'TerminatedFailure' } });
    const again = await engine.lookAgainAtPolicyChange(change);
    expect(await again.result()).toBe('applied');
    expect(stateOf(change)).toMatchObject({ lookedAt: 300, batches: 3 });
  });

  it('continues after its worker was stopped in the middle', async () => {
    const change = records.choosePolicy(300);
    const stopped = new Promise<void>((resolve) => atBatch(2, () => resolve(engine.stopWorker())));
    const workflow = await engine.startPolicyChange(change);
    await stopped;
    await engine.startWorker();
    expect(await workflow.result()).toBe('applied');
    expect(stateOf(change)).toMatchObject({ lookedAt: 300, batches: 3 });
  });

  it('waits for licensing indefinitely', async () => {
    const change = records.choosePolicy(100);
    records.out.add('licensing');
    const workflow = await engine.startPolicyChange(change);
    await said(workflow, '**The service licensing does not answer**');
    records.out.clear();
    expect(await workflow.result()).toBe('applied');
    await engine.keepHistory('policy-change-licensing-out-of-reach', workflow);
  });

  it('continues as a new run when its history is too long, and continues where it was', async () => {
    const change = records.choosePolicy(100_000);
    const workflow = await engine.startPolicyChange(change);
    await said(workflow, 'of 100000 subscriptions checked');
    const { runId } = await workflow.describe();
    await makeLong(workflow);
    await eventually(async () => expect((await workflow.describe()).runId).not.toBe(runId));
    const first = engine.client.workflow.getHandle(workflow.workflowId, runId);
    expect((await eventsOf(first)).at(-1)).toBe('WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
    expect((await summariesIn(first)).at(-1)).toMatch(/^Until batch \d+ is requested$/);
    await engine.keepHistory('policy-change-handed-on', first);
    const { batches } = stateOf(change);
    await eventually(() => expect(stateOf(change).batches).toBeGreaterThan(batches + 1));
    await handleOf(change).terminate();
  });
});

describe('what operators see of a policy change', () => {
  it('is its progress, since when it runs, and how it ended', async () => {
    const change = records.choosePolicy(150);
    // Otherwise this state lasts a second, and a later check sees the end.
    atBatch(1, () => records.out.add('licensing'));
    const workflow = await engine.startPolicyChange(change);
    await said(workflow, '**The service licensing does not answer**');
    const { startTime } = await workflow.describe();
    const [, , ...seen] = (await engine.details(workflow)).split('\n');
    expect(seen).toEqual([
      `**Moving the organization's subscriptions** since ${sinceIn(seen[0]!, startTime)}.`,
      '',
      '- 100 of 150 subscriptions checked, in 1 batch',
      '- 100 of them moved; 0 already had the new policy',
    ]);
    expect(await engine.searchAttributes(workflow)).toEqual({ OrganizationId: records.organizationId });
    expect(await engine.signals(workflow)).toEqual({ lookAgain: 'Asks licensing whether to continue.' });
    records.out.clear();
    await workflow.result();
    expect(await engine.details(workflow)).toContain('every subscription has the new policy');
  });

  it('says after a cancellation by an operator how to resume it', async () => {
    const change = records.choosePolicy(100_000);
    const workflow = await engine.startPolicyChange(change);
    await said(workflow, 'of 100000 subscriptions checked');
    await workflow.cancel();
    await expect(workflow.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await engine.details(workflow)).toContain('`npm run restore` starts this workflow again');
    await engine.keepHistory('policy-change-cancelled', workflow);
    const again = await engine.lookAgainAtPolicyChange(change);
    await eventually(() => expect(stateOf(change).batches).toBeGreaterThan(1));
    await again.terminate();
  });

  it('says so too if licensing had not answered at all when it was canceled', async () => {
    records.out.add('licensing');
    const workflow = await engine.startPolicyChange(records.choosePolicy(100));
    await waitsFor(workflow, 'advancePolicyChange');
    await workflow.cancel();
    await expect(workflow.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await engine.details(workflow)).toContain('`npm run restore` starts this workflow again');
  });
});

it('fails immediately when licensing does not know the change', async () => {
  const workflow = await engine.startPolicyChange({ organizationId: records.organizationId, version: 99 });
  await expect(workflow.result()).rejects.toMatchObject({ cause: { type: 'not_found' } });
});
