import { contractVersion, natsUsers, type DiscoveryVerb } from '@tenure/contracts';
import { startTestService, testNats, type TestNats, type TestService } from '../index.js';
import { database, fail, keepNote, sampleUsers, SampleModule } from './sample.js';

/** What NATS's tools, such as `nats micro`, read in the answers (NATS ADR-32). */
interface Answers {
  PING: Instance;
  INFO: Instance & { description: string; endpoints: (Address & { metadata: Record<string, string> })[] };
  STATS: Instance & { started: string; endpoints: (Address & Counts)[] };
}
interface Instance {
  type: string;
  name: string;
  id: string;
  version: string;
  metadata: Record<string, string>;
}
interface Address {
  name: string;
  subject: string;
  queue_group: string;
}
interface Counts {
  num_requests: number;
  num_errors: number;
  last_error: string;
  processing_time: number;
  average_processing_time: number;
}

const organizationId = '0198c2f4-0000-7000-8000-000000000001';
const note = (n: number) => ({
  id: `0198c2f4-0000-7000-8000-${String(n).padStart(12, '0')}`,
  organizationId,
  text: 'x',
});
const licensing = natsUsers().find(({ user }) => user === 'licensing')!;
const operator = natsUsers().find(({ user }) => user === 'operator')!;

describe('two instances of a service, as NATS’s tools find them,', () => {
  let nats: TestNats;
  let instances: TestService[];
  /** What so many instances answer. */
  const ask = async <V extends DiscoveryVerb>(verb: V, about: string, maxMessages: number): Promise<Answers[V][]> => {
    const connection = await nats.connect('operator');
    const until = { strategy: 'count', maxMessages, maxWait: 60_000 } as const;
    const answers: Answers[V][] = [];
    for await (const answer of await connection.requestMany(`$SRV.${verb}${about}`, '', until))
      answers.push(answer.json<Answers[V]>());
    return answers;
  };
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
  });
  afterAll(async () => {
    for (const instance of instances ?? []) await instance.close();
    await nats?.close();
  });

  it('each say who they are, with an id of their own', async () => {
    const found = await ask('PING', '', 2);
    const [first, second] = found.map(({ id }) => id);
    const self = { type: 'io.nats.micro.v1.ping_response', name: 'licensing', version: contractVersion, metadata: {} };
    expect(found).toEqual([
      { ...self, id: first },
      { ...self, id: second },
    ]);
    expect(first).toMatch(/^\w+$/);
    expect(second).not.toBe(first);
  });

  it('list what they answer, the subjects, the queue group and the callers; one alone, asked by its id', async () => {
    const [, second] = await ask('PING', '.licensing', 2);
    const endpoint = (verb: string, callers: string) => ({
      name: `note-${verb}`,
      subject: `licensing.note.${verb}.*`,
      queue_group: 'licensing',
      metadata: { callers },
    });
    expect(await ask('INFO', `.licensing.${second!.id}`, 1)).toEqual([
      {
        ...second,
        type: 'io.nats.micro.v1.info_response',
        description: 'Tenure: licensing',
        endpoints: [
          endpoint('keep', 'gateway, workflows'),
          endpoint('read', 'gateway'),
          endpoint('fail', 'gateway'),
          endpoint('wait', 'gateway'),
        ],
      },
    ]);
  });

  it('count each request once between them, with errors and durations', async () => {
    const [first] = instances;
    const began = performance.now();
    for (let n = 1; n <= 6; n += 1) await first!.ask('gateway').ask(keepNote, note(n));
    await expect(first!.ask('gateway').ask(fail, { how: 'refused' })).rejects.toMatchObject({ code: 'name_taken' });
    const stats = await ask('STATS', '.licensing', 2);
    const elapsed = (performance.now() - began) * 1e6;
    for (const { type, version, started } of stats)
      expect([type, version, new Date(started).toISOString()]).toEqual([
        'io.nats.micro.v1.stats_response',
        contractVersion,
        started,
      ]);
    const all = stats.flatMap(({ endpoints }) => endpoints);
    const sum = (endpoint: string, count: 'num_requests' | 'num_errors') =>
      all.filter(({ name }) => name === endpoint).reduce((before, one) => before + one[count], 0);
    expect([sum('note-keep', 'num_requests'), sum('note-keep', 'num_errors')]).toEqual([6, 0]);
    expect([sum('note-fail', 'num_requests'), sum('note-fail', 'num_errors')]).toEqual([1, 1]);
    for (const { num_requests, num_errors, last_error, processing_time, average_processing_time, ...address } of all) {
      expect(address).toEqual({
        name: expect.stringMatching(/^note-(keep|read|fail|wait)$/),
        subject: `licensing.${address.name.replace('-', '.')}.*`,
        queue_group: 'licensing',
      });
      expect(last_error).toBe(num_errors > 0 ? '409:This name is taken' : '');
      // A round trip to PostgreSQL takes more than a hundred microseconds, and all together no longer than the test
      // waited for them.
      if (num_requests > 0) expect(processing_time).toBeGreaterThan(10_000);
      expect(processing_time).toBeLessThan(elapsed);
      expect(average_processing_time).toBe(num_requests === 0 ? 0 : Math.round(processing_time / num_requests));
    }
  });
});
