import { contractVersion, natsUsers } from '@tenure/contracts';
import { eventually, natsCommand, startTestService, testNats, type TestNats, type TestService } from '../index.js';
import { database, fail, keepNote, sampleUsers, SampleModule } from './sample.js';

/** What `nats micro` reads (NATS ADR-32). */
interface Instance {
  name: string;
  id: string;
  version: string;
}
interface Info extends Instance {
  endpoints: { name: string; subject: string; queue_group: string; metadata: Record<string, string> }[];
}
interface Stats extends Instance {
  started: string;
  endpoints: {
    name: string;
    subject: string;
    queue_group: string;
    num_requests: number;
    num_errors: number;
    last_error: string;
    processing_time: number;
    average_processing_time: number;
  }[];
}

const organizationId = '0198c2f4-0000-7000-8000-000000000001';
const note = (n: number) => ({
  id: `0198c2f4-0000-7000-8000-${String(n).padStart(12, '0')}`,
  organizationId,
  text: 'x',
});
const licensing = natsUsers().find(({ user }) => user === 'licensing')!;
const operator = natsUsers().find(({ user }) => user === 'operator')!;

describe('a service, found by NATS’s own command line', () => {
  let nats: TestNats;
  let instances: TestService[];
  const asOperator = (...args: string[]) => natsCommand(nats, 'operator', ...args);
  const read = async <T>(...args: string[]) => JSON.parse(await asOperator(...args)) as T;
  /** The command exits when nothing more arrives for a third of a second, and misses slower instances. */
  const readBoth = <T>(...args: string[]) =>
    eventually(async () => {
      const found = await read<T[]>(...args);
      expect(found).toHaveLength(2);
      return found;
    });
  beforeAll(async () => {
    nats = await testNats({
      users: [...sampleUsers(licensing).filter(({ user }) => user !== 'operator'), operator],
    });
    const first = await startTestService({ service: 'licensing', module: SampleModule, database, nats });
    const second = await startTestService({
      service: 'licensing',
      module: SampleModule,
      database: first.database,
      nats,
    });
    instances = [second, first];
    await natsCommand(nats, 'operator', '--version');
  }, 600_000);
  afterAll(async () => {
    for (const instance of instances ?? []) await instance.close();
    await nats?.close();
  });

  it('is listed once for each instance, each with a unique id', async () => {
    const found = await readBoth<Instance>('micro', 'list', '--json');
    expect(found.map(({ name, version }) => ({ name, version }))).toEqual([
      { name: 'licensing', version: contractVersion },
      { name: 'licensing', version: contractVersion },
    ]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
    await eventually(async () => expect(await asOperator('micro', 'list')).toContain('licensing'));
  });

  it('lists what it answers, the subjects, the queue group and the callers', async () => {
    const { info } = await eventually(() => read<{ info: Info }>('micro', 'info', 'licensing', '--json'));
    expect(info.endpoints.map(({ name, subject, queue_group }) => [name, subject, queue_group]).sort()).toEqual([
      ['note-fail', 'licensing.note.fail.*', 'licensing'],
      ['note-keep', 'licensing.note.keep.*', 'licensing'],
      ['note-read', 'licensing.note.read.*', 'licensing'],
      ['note-wait', 'licensing.note.wait.*', 'licensing'],
    ]);
    expect(info.endpoints.find(({ name }) => name === 'note-keep')?.metadata).toEqual({
      callers: 'gateway, workflows',
    });
  });

  it('answers requests to its id alone', async () => {
    const [, second] = (await readBoth<Instance>('micro', 'list', '--json')).map(({ id }) => id);
    const { info } = await eventually(() => read<{ info: Instance }>('micro', 'info', 'licensing', second!, '--json'));
    expect(info.id).toBe(second);
  });

  it('counts each request once over all instances, with errors and durations', async () => {
    const [first] = instances;
    const began = performance.now();
    for (let n = 1; n <= 6; n += 1) await first!.ask('gateway').ask(keepNote, note(n));
    await expect(first!.ask('gateway').ask(fail, { how: 'refused' })).rejects.toMatchObject({ code: 'name_taken' });
    const stats = await readBoth<Stats>('micro', 'stats', 'licensing', '--json');
    const elapsed = (performance.now() - began) * 1e6;
    const sum = (endpoint: string, count: 'num_requests' | 'num_errors') =>
      stats
        .flatMap(({ endpoints }) => endpoints.filter(({ name }) => name === endpoint))
        .reduce((all, one) => all + one[count], 0);
    expect([sum('note-keep', 'num_requests'), sum('note-keep', 'num_errors')]).toEqual([6, 0]);
    expect([sum('note-fail', 'num_requests'), sum('note-fail', 'num_errors')]).toEqual([1, 1]);
    const all = stats.flatMap(({ endpoints }) => endpoints);
    expect(all.find(({ num_errors }) => num_errors > 0)?.last_error).toBe('409:This name is taken');
    for (const { num_requests, processing_time, average_processing_time } of all) {
      // A round trip to PostgreSQL takes more than a hundred microseconds, and all together no longer than the test
      // waited for them.
      if (num_requests > 0) expect(processing_time).toBeGreaterThan(10_000);
      expect(processing_time).toBeLessThan(elapsed);
      expect(average_processing_time).toBe(num_requests === 0 ? 0 : Math.round(processing_time / num_requests));
    }
    await eventually(async () => expect(await asOperator('micro', 'stats', 'licensing')).toContain('note-keep'));
  });

  it('answers only the operator', () =>
    eventually(async () =>
      expect(await natsCommand(nats, 'gateway', 'micro', 'list', '--json', '--timeout', '500ms')).toMatch(
        /^null\n.*Permissions Violation for Publish to .*\$SRV/s,
      ),
    ));
});
