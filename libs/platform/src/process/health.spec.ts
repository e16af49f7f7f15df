import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gaugesOf, Health, serveHealth } from './health.js';

describe('the health of a process', () => {
  let server: Server;
  let health: Health | undefined;
  beforeEach(async () => {
    health = undefined;
    server = await serveHealth({ port: 0 }, () => health);
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });
  const get = async (path: string, method = 'GET') => {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });
    return { status: answer.status, body: await answer.text() };
  };

  it('is live, and not ready, while it starts', async () => {
    expect((await get('/live')).status).toBe(200);
    expect(await get('/ready')).toMatchObject({ status: 503, body: expect.stringContaining('starting') });
  });

  it('has no figures while it starts, so that one which never comes so far is seen to be away', async () => {
    expect((await get('/metrics')).status).toBe(503);
  });

  it('is ready when nothing speaks against it', async () => {
    health = new Health();
    health.add({ name: 'nats', check: () => {} });
    expect(await get('/ready')).toEqual({ status: 200, body: '{"status":"ready"}\n' });
  });

  it('says everything that speaks against it', async () => {
    health = new Health();
    health.add(
      { name: 'nats', check: () => Promise.reject(new Error('not connected')) },
      { name: 'database', check: () => {} },
      {
        name: 'temporal',
        check: () => {
          throw new Error('no namespace');
        },
      },
    );
    const { status, body } = await get('/ready');
    expect(status).toBe(503);
    expect(JSON.parse(body)).toEqual({
      status: 'not_ready',
      reasons: ['nats: not connected', 'temporal: no namespace'],
    });
  });

  it('says what is worth knowing, ready or not', async () => {
    health = new Health();
    health.add({ name: 'consumer accounts', check: () => Promise.resolve('3 events behind') });
    expect(await get('/ready')).toEqual({
      status: 200,
      body: '{"status":"ready","notes":["consumer accounts: 3 events behind"]}\n',
    });
    health.add({ name: 'nats', check: () => Promise.reject(new Error('not connected')) });
    expect(await get('/ready')).toEqual({
      status: 503,
      body: '{"status":"not_ready","reasons":["nats: not connected"],"notes":["consumer accounts: 3 events behind"]}\n',
    });
  });

  it('does not wait for a check that does not end', async () => {
    health = new Health();
    health.add({ name: 'database', check: () => new Promise(() => {}) });
    expect((await get('/ready')).body).toContain('database: no answer within 2 seconds');
  });

  it('tells its figures as Prometheus reads them, without one that cannot be read, which is counted', async () => {
    health = new Health();
    health.add(
      { name: 'nats', check: () => Promise.reject(new Error('not connected')) },
      { name: 'database', check: () => 'worth knowing' },
    );
    health.measure(
      { name: 'tenure_a', help: 'A.', type: 'gauge', read: () => [{ value: 1 }] },
      { name: 'tenure_b', help: 'B.', type: 'counter', read: () => [{ labels: { of: 'say "x"' }, value: 2 }] },
      { name: 'tenure_c', help: 'C.', type: 'gauge', read: () => Promise.reject(new Error('away')) },
    );
    expect((await get('/metrics')).body).toBe(
      [
        '# HELP tenure_ready Whether the process has what it needs to work, by check: 1 or 0. The reason is in /ready.',
        '# TYPE tenure_ready gauge',
        'tenure_ready{check="nats"} 0',
        'tenure_ready{check="database"} 1',
        '# HELP tenure_metrics_unread Metrics that could not be read now and are left out.',
        '# TYPE tenure_metrics_unread gauge',
        'tenure_metrics_unread 1',
        '# HELP tenure_a A.',
        '# TYPE tenure_a gauge',
        'tenure_a 1',
        '# HELP tenure_b B.',
        '# TYPE tenure_b counter',
        'tenure_b{of="say \\"x\\""} 2',
        '# HELP tenure_c C.',
        '# TYPE tenure_c gauge',
        '',
      ].join('\n'),
    );
  });

  it('reads once what several gauges tell of, each row with its labels', async () => {
    let reads = 0;
    health = new Health();
    health.measure(
      ...gaugesOf(async () => (reads++, [{ labels: { of: 'x' }, count: 2, age: 3 }]), {
        count: ['tenure_a', 'A.'],
        age: ['tenure_b', 'B.'],
      }),
    );
    const { body } = await get('/metrics');
    expect(body.split('\n').filter((line) => /^tenure_[ab]/.test(line))).toEqual([
      'tenure_a{of="x"} 2',
      'tenure_b{of="x"} 3',
    ]);
    expect(reads).toBe(1);
  });

  it('has nothing else', async () => {
    expect((await get('/')).status).toBe(404);
    expect((await get('/ready', 'POST')).status).toBe(405);
  });
});
