import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Health, serveHealth } from './health.js';

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

  it('has no metrics while it starts, so that one which never gets ready counts as down', async () => {
    expect((await get('/metrics')).status).toBe(503);
  });

  it('is ready if every check passes', async () => {
    health = new Health();
    health.add({ name: 'nats', check: () => {} });
    expect(await get('/ready')).toEqual({ status: 200, body: '{"status":"ready"}\n' });
  });

  it('lists the reasons of all failed checks', async () => {
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

  it('lists notes, ready or not', async () => {
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

  it('does not wait for a check that hangs', async () => {
    health = new Health();
    health.add({ name: 'database', check: () => new Promise(() => {}) });
    expect((await get('/ready')).body).toContain('database: no answer within 2 seconds');
  });

  it('shows in its metrics which checks pass', async () => {
    health = new Health();
    health.add(
      { name: 'nats', check: () => Promise.reject(new Error('not connected')) },
      { name: 'database', check: () => 'worth knowing' },
    );
    expect((await get('/metrics')).body).toContain(
      [
        '# HELP tenure_ready Whether the process has what it needs to work, by check: 1 or 0. The reason is in /ready.',
        '# TYPE tenure_ready gauge',
        'tenure_ready{check="nats"} 0',
        'tenure_ready{check="database"} 1',
        '',
      ].join('\n'),
    );
  });

  it('has no other paths', async () => {
    expect((await get('/')).status).toBe(404);
    expect((await get('/ready', 'POST')).status).toBe(405);
  });
});
