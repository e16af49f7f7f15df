import { listLicenses, problem, showAccount, submitApplication, type Request } from '@tenure/contracts';
import { eventually, forAllTests, readMetrics, startTestService, testNats } from '@tenure/testing';
import { call, type Sending } from '../testing/call.js';
import { gatewayFor } from '../testing/gateway.js';
import { accountId, anApplication, newAccount } from '../testing/samples.js';
import { allRoutes } from '../gateway.module.js';
import { setStage } from '../testing/stage.js';
import { StandIns } from '../testing/stand-ins.js';

describe('over HTTP', () => {
  const stage = forAllTests(setStage);
  beforeEach(() => stage.services.reset());

  describe('every answer', () => {
    it.each(['GET /api/me', 'GET /api/openapi.json', 'GET /api/docs', 'GET /nothing'])(
      'to %s restricts what a page may do and reveals nothing about the server',
      async (address) => {
        const { headers } = await call(stage.url, address);
        expect(headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        expect(headers.get('x-powered-by')).toBeNull();
        expect(headers.get('cache-control')).toBe('no-store');
      },
    );

    it("has a request id, the caller's own if it is valid", async () => {
      const given = await call(stage.url, 'GET /api/me', { headers: { 'x-request-id': 'order-66.b' } });
      expect(given.headers.get('x-request-id')).toBe('order-66.b');
      const made = await call(stage.url, 'GET /api/me', { headers: { 'x-request-id': '<script>' } });
      expect(made.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    });

    it.each<[string, Request, Omit<Sending, 'token'>]>([
      ['GET /api/licenses', listLicenses, {}],
      ['POST /api/applications', submitApplication, { body: newAccount, key: 'one' }],
    ])('to %s has the id that was passed to the services', async (address, message, sending) => {
      const asked = await stage.nats.requestIdsOf(message);
      const { headers } = await stage.ask(address, sending);
      expect(asked).toEqual([headers.get('x-request-id')]);
    });
  });

  it.each([
    ['GET /api/openapi.json', 'gzip, deflate, br', 'br'],
    ['GET /api/openapi.json', 'gzip', 'gzip'],
    ['GET /api/openapi.json', 'gzip;q=0, identity', null],
    ['GET /api/me', 'gzip', null],
  ])('%s for a client that accepts %s is sent as %s', async (address, accepted, encoding) => {
    const token = await stage.issuer.token('super_admin');
    const plain = await call(stage.url, address, { token, headers: { 'accept-encoding': 'identity' } });
    const reply = await call(stage.url, address, { token, headers: { 'accept-encoding': accepted } });
    expect([reply.status, reply.headers.get('content-encoding')]).toEqual([200, encoding]);
    expect([reply.body, reply.headers.get('content-type')]).toEqual([plain.body, plain.headers.get('content-type')]);
  });

  it('sends the answer to a change as it is, however long', async () => {
    stage.services.answer(submitApplication, () => anApplication({ failure: problem('timeout', 'x'.repeat(1_400)) }));
    const headers = { 'accept-encoding': 'gzip' };
    const sent = await stage.ask('POST /api/applications', { body: newAccount, key: 'one', headers });
    expect([sent.status, sent.headers.get('content-encoding')]).toEqual([201, null]);
  });

  it('has no call to move a clock outside a sandbox, for anybody', async () => {
    const reply = await call(stage.url, `POST /api/sandbox/accounts/${accountId}/clock`, {
      token: await stage.issuer.token('super_admin'),
      body: { days: 1 },
      key: 'one',
    });
    expect([reply.status, reply.problem.code, stage.services.passedOn]).toEqual([404, 'not_found', []]);
  });

  it('answers 504 if a service does not respond in time', async () => {
    stage.services.answer(listLicenses, () => new Promise(() => {}));
    const reply = await call(stage.url, 'GET /api/licenses', { token: await stage.issuer.token('no_role') });
    expect([reply.status, reply.body]).toEqual([504, problem('timeout')]);
  });

  it('answers 500 without details if a service answers nonsense', async () => {
    stage.services.answer(showAccount, () => ({ accountId: 'not an account' }) as never);
    const reply = await call(stage.url, `GET /api/accounts/${accountId}`, {
      token: await stage.issuer.token('super_admin'),
    });
    expect([reply.status, reply.body]).toEqual([500, problem('internal')]);
  });

  it('answers 503 while a service is down', async () => {
    const empty = await testNats();
    const alone = await startTestService({ nats: empty, ...gatewayFor({ issuer: stage.issuer.issuer }) });
    const reply = await call(alone.url!, 'GET /api/me', { token: await stage.issuer.token('super_admin') });
    expect([reply.status, reply.body]).toEqual([503, problem('unavailable')]);
    expect(reply.headers.get('retry-after')).toBe('2');
    await alone.close();
    await empty.close();
  });

  it('is not ready without NATS, refuses immediately, and continues when NATS is back', async () => {
    const own = await testNats();
    await StandIns.start(own);
    const moody = await startTestService({ nats: own, ...gatewayFor({ issuer: stage.issuer.issuer }) });
    const token = await stage.issuer.token('super_admin');
    const ask = () => call(moody.url!, 'GET /api/licenses', { token });
    const reasonsAre = (reasons: string[]) =>
      eventually(async () => expect((await moody.health.state()).reasons).toEqual(reasons));
    expect((await ask()).status).toBe(200);
    await reasonsAre([]);
    await own.down();
    await reasonsAre(['nats: not connected: connection refused']);
    expect((await ask()).body).toEqual(problem('unavailable'));
    await own.up();
    await eventually(async () => expect((await ask()).status).toBe(200));
    await reasonsAre([]);
    await moody.close();
    await own.close();
  });
});

describe('the metrics of the gateway', () => {
  const stage = forAllTests(setStage);

  it('count answers by class of status, with 429 apart from the other errors of clients', async () => {
    const gateway = await stage.start({ RATE_LIMIT_ADDRESS: '3' });
    stage.services.answer(showAccount, () => ({ accountId: 'not an account' }) as never);
    const token = await stage.issuer.token('super_admin');
    const ask = async (address: string, options = {}) => (await call(gateway.url!, address, options)).status;
    const counted = async () =>
      Object.fromEntries(
        [
          ...(await readMetrics(gateway.health.metrics)).matchAll(
            /^tenure_http_answers_total\{status="(\w+)"\} (\d+)$/gm,
          ),
        ].map(([, status, many]) => [status, Number(many)]),
      );
    expect(await counted()).toEqual({ '2xx': 0, '3xx': 0, '4xx': 0, '429': 0, '5xx': 0 });
    expect([
      await ask('GET /api/me', { token }),
      await ask('GET /api/me'),
      await ask(`GET /api/accounts/${accountId}`, { token }),
      await ask('GET /api/me'),
    ]).toEqual([200, 401, 500, 429]);
    await eventually(async () => expect(await counted()).toEqual({ '2xx': 1, '3xx': 0, '4xx': 1, '429': 1, '5xx': 1 }));
    await gateway.close();
  });

  it('measure how long calls took, refused ones included, but not files, streams and moves of clocks', async () => {
    const gateway = await stage.start({ SANDBOX: 'on' });
    const token = await stage.issuer.token('super_admin');
    const took = async () =>
      Object.fromEntries(
        [
          ...(await readMetrics(gateway.health.metrics)).matchAll(
            /^tenure_http_seconds_count\{call="(.+?)"\} (\d+)$/gm,
          ),
        ].map(([, of, many]) => [of, Number(many)]),
      );
    const calls = allRoutes.filter(({ produces, sandboxOnly }) => produces === undefined && sandboxOnly !== true);
    const none = Object.fromEntries(calls.map(({ method, path }) => [`${method.toUpperCase()} ${path}`, 0]));
    expect(await took()).toEqual(none);
    for (const address of ['/api/me', `/api/accounts/${accountId}`, '/api/accounts.csv?zone=active', '/nothing'])
      await call(gateway.url!, `GET ${address}`, { token });
    await call(gateway.url!, 'GET /api/me');
    await eventually(async () =>
      expect(await took()).toEqual({ ...none, 'GET /me': 2, 'GET /accounts/{accountId}': 1 }),
    );
    await gateway.close();
  });
});

describe('the rate limit', () => {
  const stage = forAllTests(setStage);

  it('counts each member separately and says when to retry', async () => {
    const gateway = await stage.start({ RATE_LIMIT_MEMBER: '2' });
    const me = async (person: string) => call(gateway.url!, 'GET /api/me', { token: await stage.issuer.token(person) });
    expect([(await me('super_admin')).status, (await me('super_admin')).status]).toEqual([200, 200]);
    const third = await me('super_admin');
    expect([third.status, third.problem.code]).toEqual([429, 'too_many_requests']);
    // What is left of the minute.
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(third.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await me('no_role')).status).toBe(200);
    await gateway.close();
  });

  it('leaves room for others while one member sends many concurrent requests', async () => {
    const gateway = await stage.start({ RATE_LIMIT_AT_ONCE: '2' });
    const token = await stage.issuer.token('super_admin');
    const ask = async (own = token) => (await call(gateway.url!, 'GET /api/licenses', { token: own })).status;
    const asked = () => stage.services.requestsOf(listLicenses).length;
    let answer = () => {};
    const goOn = new Promise<void>((resolve) => (answer = resolve));
    stage.services.answer(listLicenses, async () => {
      await goOn;
      return { items: [] };
    });
    const before = asked();
    const underWay = [ask(), ask()];
    await eventually(() => expect(asked()).toBe(before + 2));
    const third = await call(gateway.url!, 'GET /api/licenses', { token });
    expect([third.status, third.problem.code, third.headers.get('retry-after')]).toEqual([
      429,
      'too_many_requests',
      '1',
    ]);
    const other = ask(await stage.issuer.token('no_role'));
    await eventually(() => expect(asked()).toBe(before + 3));
    answer();
    expect(await Promise.all([...underWay, other])).toEqual([200, 200, 200]);
    await eventually(async () => expect(await ask()).toBe(200));
    await gateway.close();
  });

  it('counts each address, signed in or not', async () => {
    const gateway = await stage.start({ RATE_LIMIT_ADDRESS: '2' });
    const anonymous = () => call(gateway.url!, 'GET /api/me');
    expect([(await anonymous()).status, (await anonymous()).status]).toEqual([401, 401]);
    const third = await anonymous();
    expect([third.status, third.problem.code]).toEqual([429, 'too_many_requests']);
    expect(third.headers.get('content-type')).toContain('application/problem+json');
    await gateway.close();
  });

  it('counts an IPv6 network as one address', async () => {
    const gateway = await stage.start({ RATE_LIMIT_ADDRESS: '1', TRUSTED_PROXIES: '1' });
    const from = async (address: string) =>
      (await call(gateway.url!, 'GET /', { headers: { 'x-forwarded-for': address } })).status;
    expect([await from('2001:db8::1'), await from('2001:db8::2'), await from('2001:db8:0:1::1')]).toEqual([
      200, 429, 200,
    ]);
    await gateway.close();
  });

  it('accepts addresses from a proxy only if it is trusted', async () => {
    const from = (url: string, address: string) => call(url, 'GET /', { headers: { 'x-forwarded-for': address } });
    const alone = await stage.start({ RATE_LIMIT_ADDRESS: '1' });
    expect([(await from(alone.url!, '192.0.2.1')).status, (await from(alone.url!, '192.0.2.2')).status]).toEqual([
      200, 429,
    ]);
    await alone.close();
    const behind = await stage.start({ RATE_LIMIT_ADDRESS: '1', TRUSTED_PROXIES: '1' });
    expect([(await from(behind.url!, '192.0.2.1')).status, (await from(behind.url!, '192.0.2.2')).status]).toEqual([
      200, 200,
    ]);
    await behind.close();
  });
});
