import { RetryLater } from '@tenure/platform/messaging';
import { Gate, testTemporal, type TestTemporal } from '@tenure/testing';
import type { Settings } from '../settings.js';
import { id } from '../testing/records.js';
import { installRuntime } from '../worker/runtime.js';
import { TemporalConnection } from '../worker/temporal-connection.js';
import { WorkflowStarts } from './workflow-starts.js';

/** The consumer gives up on an event whose handling keeps failing, but not on one that has to wait. */
describe('an event that signals a workflow', () => {
  let temporal: TestTemporal;
  const toBeEnded: { onApplicationShutdown(): Promise<void> }[] = [];
  beforeAll(async () => {
    installRuntime('ERROR');
    temporal = await testTemporal();
  });
  afterEach(async () => {
    for (const each of toBeEnded.splice(0)) await each.onApplicationShutdown();
  });

  async function startsAt(changed: Partial<TestTemporal>): Promise<WorkflowStarts> {
    const { address, ...rest } = { ...temporal, ...changed };
    const settings = { temporal: { ...rest, server: () => ({ address }) }, sandbox: false, deployment: {} } as Settings;
    const connection = await TemporalConnection.open(settings);
    const starts = new WorkflowStarts(settings, connection);
    toBeEnded.push(starts, connection);
    return starts;
  }
  const signal = (starts: WorkflowStarts, accountId = id()) =>
    starts.lookAgainAtSubscription(accountId, {
      searchable: { AccountId: id(), OrganizationId: id() },
      clockAheadSeconds: 0,
    });

  it('waits while Temporal is unreachable, and says why', async () => {
    const gate = await Gate.before(temporal.address);
    const starts = await startsAt({ address: gate.address });
    gate.close();
    const waits = await signal(starts).catch((error: unknown) => error);
    expect(waits).toBeInstanceOf(RetryLater);
    expect((waits as RetryLater).message).toMatch(/^Temporal cannot be reached: .*connect/);
  });

  it('waits while Temporal has lost its namespace', async () => {
    const starts = await startsAt({ namespace: `lost-${id()}` });
    await expect(signal(starts)).rejects.toBeInstanceOf(RetryLater);
  });

  it('fails when Temporal refuses the request', async () => {
    const starts = await startsAt({});
    const refused = await signal(starts, 'x'.repeat(2_000)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
    expect(refused).not.toBeInstanceOf(RetryLater);
  });
});
