import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { Client, Connection } from '@temporalio/client';
import {
  applicationWorkflowId,
  getApplication,
  listApplications,
  listNotices,
  refuse,
  setAccountClock,
  setSubscriptionClock,
  showTimeline,
  subscriptionWorkflowId,
  type NoticeView,
} from '@tenure/contracts';
import {
  eventually,
  startTestService,
  testNats,
  testTemporal,
  type TestNats,
  type TestService,
  type TestTemporal,
} from '@tenure/testing';
import { call } from '../testing/call.js';
import { gatewayFor } from '../testing/gateway.js';
import { startIssuer, type Issuer } from '../testing/issuer.js';
import { aMoment, anApplication, aNotice, applicationId, aTimeline } from '../testing/samples.js';
import { StandIns } from '../testing/stand-ins.js';

/** Ahead of every real clock, so that everything lies ahead of a workflow that starts now. */
const start = '2126-11-25T09:00:00.000Z';
const term = {
  P1M: '2127-10-25T07:00:00.000Z',
  P7D: '2127-11-18T08:00:00.000Z',
  P0D: '2127-11-25T08:00:00.000Z',
  expired: '2127-11-25T23:00:00.000Z',
};

describe("a move of an account's clock", () => {
  let nats: TestNats;
  let temporal: TestTemporal;
  let issuer: Issuer;
  let services: StandIns;
  let gateway: TestService;
  /** With a short deadline, for tests of what never comes; the other gateway tests what does. */
  let impatient: TestService;
  let token: string;
  /** The account as the services have it. A reminder's notice exists as soon as it is due. */
  let account: { id: string; lead: number; leads: number[]; told: boolean; late: NoticeView[] };
  beforeAll(async () => {
    [nats, issuer, temporal] = await Promise.all([testNats(), startIssuer(), testTemporal()]);
    services = await StandIns.start(nats);
    gateway = await startGateway();
    impatient = await startGateway({ CLOCK_PATIENCE_SECONDS: '3' });
    token = await issuer.token('super_admin');
  });
  beforeEach(() => {
    services.reset();
    account = { id: randomUUID(), lead: 0, leads: [], told: true, late: [] };
    services.answer(showTimeline, () => aTimeline({ now: now(), moments: moments(), clockAheadSeconds: account.lead }));
    services.answer(listNotices, () => ({ items: [...notices(), ...account.late], next: null }));
    services.answer(setAccountClock, ({ aheadSeconds }) => {
      account.leads.push(aheadSeconds);
      return { aheadSeconds, pendingApplications: [] };
    });
    services.answer(setSubscriptionClock, ({ aheadSeconds }) => {
      account.lead = aheadSeconds;
      return { aheadSeconds };
    });
  });
  afterAll(async () => {
    await gateway?.close();
    await impatient?.close();
    await issuer?.stop();
    await nats?.close();
  });

  const startGateway = (environment: Record<string, string> = {}) =>
    startTestService({
      nats,
      ...gatewayFor({ issuer: issuer.issuer, temporal, environment: { SANDBOX: 'on', ...environment } }),
    });
  const now = () => new Date(Date.parse(start) + account.lead * 1000).toISOString();
  const moments = () =>
    Object.entries(term).map(([kind, at]) => ({ ...aMoment(kind, at), key: `${account.id}/1/${kind}` }));
  const notices = () =>
    account.told
      ? moments()
          .filter(({ at }) => at <= now())
          .map(({ key, at }) => aNotice(key, at))
      : [];
  const secondsTo = (at: string) => (Date.parse(at) - Date.parse(start)) / 1000;

  const move = (body: object, key: string = randomUUID(), url = gateway.url!) =>
    call(url, `POST /api/sandbox/accounts/${account.id}/clock`, { token, body, key });

  it('stops at each moment on the way and returns what happened', async () => {
    const reply = await move({ months: 12 });
    expect(reply.body).toMatchObject({
      accountId: account.id,
      from: start,
      to: '2127-11-25T09:00:00.000Z',
      aheadSeconds: secondsTo('2127-11-25T09:00:00.000Z'),
      happened: [
        { kind: 'P1M', at: term.P1M, status: 'sent', sentAt: term.P1M },
        { kind: 'P7D', at: term.P7D, status: 'sent' },
        { kind: 'P0D', at: term.P0D, status: 'sent' },
      ],
    });
    expect(account.leads).toEqual([term.P1M, term.P7D, term.P0D, '2127-11-25T09:00:00.000Z'].map(secondsTo));
    expect(services.requestsOf(setSubscriptionClock).map(({ aheadSeconds }) => aheadSeconds)).toEqual(account.leads);
  });

  it('goes to the next moment, one at a time, until nothing is planned', async () => {
    for (const at of Object.values(term)) expect((await move({ toNextMoment: true })).body).toMatchObject({ to: at });
    const reply = await move({ toNextMoment: true });
    expect([reply.status, reply.problem.code, reply.problem.errors?.map(({ code }) => code)]).toEqual([
      422,
      'invalid',
      ['nothing_planned'],
    ]);
  });

  it('moves nothing on a retry and returns the same answer', async () => {
    const first = await move({ days: 350 }, 'again');
    const { leads } = account;
    const second = await move({ days: 350 }, 'again');
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(new Set(account.leads)).toEqual(new Set(leads));
  });

  it('works after NATS has lost the previous moves', async () => {
    await move({ days: 1 }, 'lost');
    await (await jetstreamManager(await nats.connect())).streams.delete('CLOCK_MOVES');
    expect((await move({ days: 1 }, 'lost')).status).toBe(200);
  });

  it('continues to the same target after a moment that did not settle in time, also at another gateway', async () => {
    account.told = false;
    const busy = await move({ months: 12 }, 'broken-off', impatient.url);
    expect([busy.status, busy.problem.code, busy.problem.figures]).toEqual([
      409,
      'clock_busy',
      { stoppedAt: term.P1M },
    ]);
    expect(busy.problem.detail).toContain(`P1M of term 1, due at ${term.P1M}: no notice yet`);
    account.told = true;
    const restarted = await startGateway();
    expect((await move({ months: 12 }, 'broken-off', restarted.url)).body).toMatchObject({
      from: start,
      to: '2127-11-25T09:00:00.000Z',
      happened: [{ kind: 'P1M' }, { kind: 'P7D' }, { kind: 'P0D' }],
    });
    await restarted.close();
  });

  it('sets accounts to the lead of licensing, even if another gateway has moved that further meanwhile', async () => {
    const SECONDS_FURTHER = 11;
    services.answer(setSubscriptionClock, ({ aheadSeconds }) => {
      account.lead = aheadSeconds + SECONDS_FURTHER;
      return { aheadSeconds: account.lead };
    });
    expect((await move({ days: 1 })).status).toBe(200);
    const [asked] = services.requestsOf(setSubscriptionClock);
    expect(account.leads).toEqual([asked!.aheadSeconds + SECONDS_FURTHER]);
  });

  it('brings accounts up to date with the next move if it was interrupted after licensing', async () => {
    services.answer(setAccountClock, () => {
      throw refuse('unavailable', 'Not now.');
    });
    expect((await move({ months: 1 })).status).toBe(503);
    const brokenOffAt = account.lead;
    services.answer(setAccountClock, ({ aheadSeconds }) => {
      account.leads.push(aheadSeconds);
      return { aheadSeconds, pendingApplications: [] };
    });
    expect((await move({ days: 1 })).status).toBe(200);
    expect([brokenOffAt > 0, account.leads]).toEqual([true, [brokenOffAt + secondsTo('2126-11-26T09:00:00.000Z')]]);
  });

  it('is refused if its key was used for another step or another account', async () => {
    await move({ days: 1 }, 'used');
    expect((await move({ days: 2 }, 'used')).problem.code).toBe('idempotency_key_reused');
    account.id = randomUUID();
    const reply = await move({ days: 1 }, 'used');
    expect([reply.status, reply.problem.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('runs once at a time per account', async () => {
    account.told = false;
    const one = move({ months: 12 }, 'one');
    await eventually(() => expect(account.leads).toEqual([secondsTo(term.P1M)]));
    const two = await move({ months: 12 }, 'two');
    expect([two.status, two.problem.code, account.leads]).toEqual([409, 'clock_busy', [secondsTo(term.P1M)]]);
    account.told = true;
    expect((await one).status).toBe(200);
  });

  it('waits until an application that lapses on the way has lapsed and its notice exists', async () => {
    const lapsesAt = '2126-12-24T09:00:00.000Z';
    const pending = { ...anApplication({ lapsesAt }), type: 'renew_subscription' as const };
    let looked = 0;
    services.answer(listApplications, () => ({ items: now() < lapsesAt ? [pending] : [], next: null, count: 1 }));
    services.answer(getApplication, () => {
      looked += 1;
      if (looked > 1) account.late = [aNotice(`${applicationId}/application_lapsed`, lapsesAt)];
      return { ...pending, status: 'lapsed' as const };
    });
    expect((await move({ days: 60 })).status).toBe(200);
    expect(account.leads).toEqual([lapsesAt, '2127-01-24T09:00:00.000Z'].map(secondsTo));
    expect(looked).toBeGreaterThan(1);
  });

  it('returns the expiry at the time when a lapsing renewal stopped the account, although the timeline then shows it at the last day', async () => {
    const [expiresAt, lapsesAt] = ['2126-11-20T23:00:00.000Z', '2126-12-05T23:00:00.000Z'];
    const hasLapsed = () => now() >= lapsesAt;
    const pending = { ...anApplication({ lapsesAt }), type: 'renew_subscription' as const };
    const key = `${account.id}/1/expired`;
    services.answer(listApplications, () => ({ items: hasLapsed() ? [] : [pending], next: null, count: 1 }));
    services.answer(getApplication, () => ({ ...pending, status: 'lapsed' as const }));
    services.answer(showTimeline, () => {
      const plan = aTimeline({ now: now(), clockAheadSeconds: account.lead });
      const terms = plan.terms.map((one) => ({ ...one, ...(hasLapsed() && { workedUntil: lapsesAt }) }));
      return { ...plan, terms, moments: [{ ...aMoment('expired', hasLapsed() ? expiresAt : lapsesAt), key }] };
    });
    const expiry = aNotice(key, expiresAt, { kind: 'subscription_expired', offset: null });
    account.late = [expiry, aNotice(`${applicationId}/application_lapsed`, lapsesAt)];
    account.told = false;
    const reply = await move({ toNextMoment: true });
    expect(reply.body).toMatchObject({
      to: lapsesAt,
      happened: [{ kind: 'expired', at: lapsesAt, status: 'sent' }, {}],
    });
  });

  it('is answered `clock_busy` if the workflow does not follow because no worker runs', async () => {
    const connection = await Connection.connect({ address: temporal.address });
    const client = new Client({ connection, namespace: temporal.namespace });
    const workflowId = subscriptionWorkflowId(account.id);
    await client.workflow.start('nobody_runs_this', { workflowId, taskQueue: temporal.taskQueue });
    const reply = await move({ days: 1 }, 'without-worker', impatient.url);
    expect([reply.status, reply.problem.code]).toEqual([409, 'clock_busy']);
    expect(reply.problem.detail).toContain(workflowId);
    await client.workflow.getHandle(workflowId).terminate();
    await connection.close();
  });

  it('waits for the workflow of a pending application to be started', async () => {
    services.answer(setAccountClock, ({ aheadSeconds }) => ({ aheadSeconds, pendingApplications: [account.id] }));
    const busy = await move({ days: 1 }, 'not-started', impatient.url);
    expect([busy.status, busy.problem.code, account.lead > 0]).toEqual([409, 'clock_busy', true]);
    expect(busy.problem.detail).toContain(`application/${account.id} is not started yet`);
    const connection = await Connection.connect({ address: temporal.address });
    const client = new Client({ connection, namespace: temporal.namespace });
    const workflowId = applicationWorkflowId(account.id);
    const workflow = await client.workflow.start('nobody_runs_this', { workflowId, taskQueue: temporal.taskQueue });
    await workflow.terminate();
    expect((await move({ days: 1 }, 'not-started')).status).toBe(200);
    await connection.close();
  });

  it('needs Temporal', async () => {
    const cutOff = await startTestService({
      nats,
      ...gatewayFor({ issuer: issuer.issuer, environment: { SANDBOX: 'on' } }),
    });
    const reply = await move({ days: 1 }, 'without', cutOff.url!);
    expect([reply.status, reply.problem.code, account.leads]).toEqual([503, 'unavailable', []]);
    await cutOff.close();
  });
});
