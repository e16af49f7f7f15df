import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Controller, Get, Logger, Module, Post, Req, Res } from '@nestjs/common';
import { natsUsers } from '@tenure/contracts';
import { freePort } from '@tenure/local/servers/ports';
import { platformModule } from '@tenure/platform';
import {
  eventually,
  readMetrics,
  startOwnProcess,
  startTestService,
  testDatabase,
  testNats,
  type OwnProcess,
  type TestDatabase,
  type TestNats,
} from '../index.js';
import { database as sample, keepNote, sampleUsers, waitFor } from './sample.js';

const main = 'libs/testing/dist/platform/sample-main.bundle.js';

describe('a process', () => {
  let nats: TestNats;
  let database: TestDatabase;
  let running: OwnProcess | undefined;
  let health: string;
  beforeAll(async () => {
    const licensing = natsUsers().find(({ user }) => user === 'licensing')!;
    [nats, database] = await Promise.all([testNats({ users: sampleUsers(licensing) }), testDatabase(sample)]);
  });
  afterEach(async () => {
    running?.kill();
    await running?.ended;
  });
  afterAll(async () => {
    await nats?.close();
    await database?.close();
  });

  async function start(environment: Record<string, string> = {}): Promise<OwnProcess> {
    const port = await freePort();
    health = `http://127.0.0.1:${port}`;
    running = startOwnProcess(main, {
      ...nats.environment('licensing'),
      DATABASE_URL: database.url,
      HEALTH_PORT: String(port),
      ...environment,
    });
    return running;
  }
  const get = async (where: string) => {
    const answer = await fetch(health + where);
    return { status: answer.status, body: await answer.text() };
  };
  const ready = () => eventually(async () => expect(await get('/ready')).toMatchObject({ status: 200 }));
  const missing = (name: string) => `licensing cannot start: ${name} is missing: set it, or ${name}_FILE.`;
  const note = (text: string) => ({ id: randomUUID(), organizationId: randomUUID(), text });

  it('does not start with wrong settings, and says everything that is wrong at once, one sentence each', async () => {
    const { ended, output } = await start({
      HEALTH_PORT: '',
      NATS_URL: '',
      NATS_PASSWORD: '',
      DATABASE_URL: '',
      REQUESTS_AT_ONCE: 'many',
    });
    expect(await ended).toBe(1);
    const said = output().split('\n').filter(Boolean);
    expect(said.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      ...['HEALTH_PORT', 'NATS_URL', 'NATS_PASSWORD'].map(missing),
      'licensing cannot start: REQUESTS_AT_ONCE is not valid: This has to be a number.',
      missing('DATABASE_URL'),
    ]);
  });

  it.each(['licensing', 'db.example:5432/licensing', 'postgres://licensing@127.0.0.1:5432'])(
    'does not start with an address that names no database, and says which setting it is: %s',
    async (DATABASE_URL) => {
      const { ended, output } = await start({ DATABASE_URL });
      expect(await ended).toBe(1);
      expect(output()).toContain(
        'licensing cannot start: DATABASE_URL is not valid: It has to be like postgres://host:5432/database.',
      );
    },
  );

  it('does not start with a wrong password, which it does not reveal', async () => {
    const { ended, output } = await start({ NATS_PASSWORD: 'not-the-password' });
    expect(await ended).toBe(1);
    expect(output()).toContain('licensing cannot start: NATS refuses the user');
    expect(output()).not.toContain('not-the-password');
  });

  it('does not start as a role other than its own, such as the owner, who sees no rows', async () => {
    const { ended, output } = await start({ DATABASE_URL: database.ownerUrl });
    expect(await ended).toBe(1);
    expect(output()).toContain(
      'licensing cannot start: DATABASE_URL signs in as the role licensing_owner, but it has to be licensing (deploy/postgres/README.md).',
    );
  });

  it('does not start before its migrations have run, and names what it lacks', async () => {
    await database.sql('alter table licensing.notes rename column text to words');
    const { ended, output } = await start();
    const code = await ended;
    await database.sql('alter table licensing.notes rename column words to text');
    expect(code).toBe(1);
    expect(output()).toContain(
      'licensing cannot start: The schema of licensing is older than this version: it lacks notes.text. Run the migrations first (docs/operations/deploying.md).',
    );
  });

  it('is ready when it can work, not ready without NATS, and ready again when NATS is back', async () => {
    await start();
    await ready();
    expect(await get('/live')).toEqual({ status: 200, body: '{"status":"live"}\n' });
    const figures = await readMetrics({ text: async () => (await get('/metrics')).body });
    expect(figures).toContain('tenure_outbox_messages 0\n');
    expect(figures).toContain('tenure_ready{check="nats"} 1\n');
    for (const clock of ['process', 'database']) {
      const [, time] = new RegExp(`^tenure_clock_seconds\\{of="${clock}"\\} (.+)$`, 'm').exec(figures)!;
      expect(Math.abs(Number(time) - Date.now() / 1_000)).toBeLessThan(60);
    }
    expect(figures).toMatch(/^process_resident_memory_bytes [1-9]\d+$/m);
    await nats.down();
    await eventually(async () => {
      const { status, body } = await get('/ready');
      expect(status).toBe(503);
      expect(JSON.parse(body)).toMatchObject({
        reasons: expect.arrayContaining(['nats: not connected: connection refused']),
      });
      expect((await get('/metrics')).body).toContain('tenure_ready{check="nats"} 0\n');
    });
    expect(await get('/live')).toMatchObject({ status: 200 });
    await nats.up();
    await ready();
    expect(await (await nats.ask('gateway')).ask(keepNote, note('after'))).toEqual({ by: 'gateway', shelf: 1 });
  });

  it('says in /ready that NATS refuses it once its password was changed on one side only, until it is right', async () => {
    await start();
    await ready();
    await nats.down();
    await nats.up({ licensing: 'another-password' });
    await eventually(async () => {
      const { reasons } = JSON.parse((await get('/ready')).body) as { reasons: string[] };
      expect(reasons).toContain('nats: not connected: Authorization Violation');
    });
    await nats.down();
    await nats.up();
    await ready();
  });

  it('is not ready while its database takes no changes, like a standby after a failover', async () => {
    await start();
    await ready();
    /** For new connections. */
    const setReadOnly = (value: 'on' | 'off') =>
      database.sql(
        `do $$ begin execute format('alter database %I set default_transaction_read_only = ${value}', current_database()); end $$`,
      );
    await setReadOnly('on');
    await database.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'licensing'`,
    );
    await eventually(async () => {
      const { reasons } = JSON.parse((await get('/ready')).body) as { reasons: string[] };
      expect(reasons).toContain('database: it is read-only, or a standby');
    });
    await setReadOnly('off');
    await ready();
  });

  it('ends at SIGTERM with code 0 after answering every accepted request and sending every event', async () => {
    const { ended, output, kill } = await start();
    await ready();
    const gateway = await nats.ask('gateway');
    const asked = Array.from({ length: 50 }, (_, n) => gateway.ask(keepNote, note(`term ${n}`)));
    await Promise.race(asked);
    kill('SIGTERM');
    const answers = await Promise.allSettled(asked);
    expect(await ended).toBe(0);
    const answered = answers.filter(({ status }) => status === 'fulfilled').length;
    const [stored] = await database.sql<{ n: number }>(
      `select count(*)::int as n from licensing.notes where text like 'term %'`,
    );
    expect(stored!.n).toBe(answered);
    expect(await database.sql('select from licensing.outbox')).toEqual([]);
    for (const line of output().trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ service: 'licensing' });
    expect(output()).not.toContain(nats.environment('licensing').NATS_PASSWORD);
  });

  it('ends at SIGTERM with code 0 although NATS hangs and there are events to send', async () => {
    const { ended, kill } = await start();
    await ready();
    const thaw = await nats.freeze();
    await database.sql(
      `insert into licensing.outbox (id, organization_id, subject, event)
       select id, id, 'events.licensing.note.unheard.' || id, '{}' from (select gen_random_uuid() id from generate_series(1, 60)) n`,
    );
    kill('SIGTERM');
    const code = await ended;
    thaw();
    await database.sql('delete from licensing.outbox');
    expect(code).toBe(0);
  });

  it.each([
    ['outbox.before_publish', 'as it was started to'],
    ['outbox.published', 'as it was told while it ran'],
  ])('that ends at %s, %s, sends the event after its next start', async (step, told) => {
    const runs = told === 'as it was told while it ran';
    const folder = mkdtempSync(path.join(tmpdir(), 'tenure-crash-'));
    const crashFile = path.join(folder, 'crash');
    const { ended, pid } = await start({
      SANDBOX: 'on',
      ...(runs ? { TENURE_CRASH_FILE: crashFile } : { TENURE_CRASH_AT: step }),
    });
    await ready();
    if (runs) writeFileSync(crashFile, `${pid} ${step}`);
    // Whether it gets to answer is undefined.
    void (await nats.ask('gateway')).ask(keepNote, note('crashed')).catch(() => undefined);
    expect(await ended).toBe('SIGKILL');
    rmSync(folder, { recursive: true });
    const [row] = await database.sql<{ id: string }>('select id from licensing.outbox');
    await start();
    await eventually(async () => expect(await database.sql('select from licensing.outbox')).toEqual([]));
    const [last, ...earlier] = (await nats.events()).toReversed();
    expect(last).toMatchObject({ id: row!.id, data: { text: 'crashed' } });
    expect(earlier.map(({ id }) => id)).not.toContain(row!.id);
  });

  it('does not end at a crash point outside a sandbox', async () => {
    await start({ TENURE_CRASH_AT: 'outbox.published' });
    await ready();
    await (await nats.ask('gateway')).ask(keepNote, note('production'));
    await eventually(async () => expect(await database.sql('select from licensing.outbox')).toEqual([]));
    expect(await (await nats.ask('gateway')).ask(waitFor, {})).toEqual({ done: true });
  });
});

/** Pending requests in order; each is answered when it is released. */
const slow: (() => void)[] = [];

@Controller()
class PageController {
  @Get('page')
  page() {
    return { here: true };
  }

  @Post('sent')
  async sent(@Req() request: IncomingMessage) {
    return { read: await text(request) };
  }

  @Get('slow')
  async slow() {
    await new Promise<void>((letGo) => slow.push(letGo));
    return { here: true };
  }

  @Get('begun')
  begun(@Res() response: ServerResponse) {
    response.write('[');
    slow.push(() => response.end(']'));
  }
}
@Module({ imports: [platformModule()], controllers: [PageController] })
class PageModule {}

describe('a process with an HTTP interface and no database', () => {
  beforeEach(() => {
    slow.length = 0;
  });

  it('serves it, reports its readiness, and ends', async () => {
    Logger.overrideLogger(false);
    const service = await startTestService({ service: 'gateway', module: PageModule, http: {} });
    service.health.add({ name: 'temporal', check: () => Promise.reject(new Error('not reachable')) });
    expect(await (await fetch(`${service.url}/page`)).json()).toEqual({ here: true });
    await eventually(async () => expect((await service.health.state()).reasons).toEqual(['temporal: not reachable']));
    await service.close();
    await expect(fetch(`${service.url}/page`)).rejects.toThrow('fetch failed');
  });

  it('keeps a connection longer than a proxy that reuses it, so that none closes as a request arrives', async () => {
    Logger.overrideLogger(false);
    const service = await startTestService({ service: 'gateway', module: PageModule, http: {} });
    const agent = new Agent({ keepAlive: true });
    const { headers } = await new Promise<IncomingMessage>((resolve, reject) =>
      get(`${service.url}/page`, { agent }, (answer) => resolve(answer.resume())).on('error', reject),
    );
    agent.destroy();
    await service.close();
    expect(headers['keep-alive']).toBe('timeout=620');
  });

  it('ends although a connection is never idle: the request in progress is answered as its last', async () => {
    Logger.overrideLogger(false);
    const service = await startTestService({ service: 'gateway', module: PageModule, http: {} });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const asked = () =>
      new Promise<IncomingMessage>((resolve, reject) =>
        get(`${service.url}/slow`, { agent }, (answer) => resolve(answer.resume())).on('error', reject),
      );
    const [underWay, next] = [asked(), asked()];
    void next.catch(() => undefined);
    await eventually(() => expect(slow).toHaveLength(1));
    const closed = service.close();
    slow[0]!();
    const { statusCode, headers } = await underWay;
    expect([statusCode, headers.connection]).toEqual([200, 'close']);
    await expect(next).rejects.toThrow('ECONNREFUSED');
    await closed;
    agent.destroy();
  });

  it('ends despite connections without a request, which browsers open in advance', async () => {
    Logger.overrideLogger(false);
    const service = await startTestService({ service: 'gateway', module: PageModule, http: {} });
    const inAdvance = connect(Number(new URL(service.url!).port), '127.0.0.1');
    await once(inAdvance, 'connect');
    // Once it answers, the server has also seen the earlier connection.
    await fetch(`${service.url}/page`);
    const ended = once(inAdvance, 'close');
    await service.close();
    expect(await ended).toEqual([false]);
  });

  it.each([
    ['its head', 'GET /page HTTP/1.1\r\nHost: tenure'],
    ['its body', 'POST /sent HTTP/1.1\r\nHost: tenure\r\nContent-Length: 9\r\n\r\n{'],
    ['its body, after it was refused', 'POST /page HTTP/1.1\r\nHost: tenure\r\nContent-Length: 9\r\n\r\n{'],
  ])('ends despite a client that sends nothing more in the middle of a request: %s', async (_, half) => {
    Logger.overrideLogger(false);
    const service = await startTestService({ service: 'gateway', module: PageModule, http: {} });
    const client = connect(Number(new URL(service.url!).port), '127.0.0.1').resume();
    await once(client, 'connect');
    client.write(half);
    // Once it answers, the server has also read what was sent before.
    await fetch(`${service.url}/page`);
    const cut = once(client, 'close');
    await service.close();
    expect(await cut).toEqual([false]);
  });

  it('ends once requests in progress are answered, even if an answer had begun and its connection could be kept', async () => {
    Logger.overrideLogger(false);
    const service = await startTestService({ service: 'gateway', module: PageModule, http: {} });
    const agent = new Agent({ keepAlive: true });
    const { headers } = await new Promise<IncomingMessage>((resolve, reject) =>
      get(`${service.url}/begun`, { agent }, (answer) => resolve(answer.resume())).on('error', reject),
    );
    const closed = service.close();
    await eventually(() => expect(fetch(`${service.url}/page`)).rejects.toThrow('fetch failed'));
    slow.at(-1)!();
    await closed;
    agent.destroy();
    expect(headers.connection).toBe('keep-alive');
  });
});
