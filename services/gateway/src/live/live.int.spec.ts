import { jetstreamManager } from '@nats-io/jetstream';
import {
  accountCreated,
  applicationApproved,
  identifyMember,
  memberChanged,
  noticeSent,
  refuse,
  useChanged,
  type MemberView,
  type Role,
} from '@tenure/contracts';
import type { Request } from 'express';
import { eventually, forAllTests, Gate, startTestService, testNats, type TestService } from '@tenure/testing';
import { Sessions } from '../sessions/sessions.js';
import { Members } from '../sign-in/members.js';
import { call } from '../testing/call.js';
import { makeEventStream, tell, untilItReceives } from '../testing/event-stream.js';
import { gatewayFor } from '../testing/gateway.js';
import { Listener } from '../testing/live.js';
import { accountId, aMember, applicationId, organizationId } from '../testing/samples.js';
import { setStage } from '../testing/stage.js';
import { StandIns } from '../testing/stand-ins.js';
import { LiveEvents } from './live-events.js';
import { LiveStreams } from './live-streams.js';

const otherOrganization = '0198c2f4-0000-7000-8000-0000000000aa';
const otherAccount = '0198c2f4-0000-7000-8000-0000000000bb';
const memberIds: Record<string, string> = {
  super_admin: '0198c2f4-0000-7000-8000-000000000011',
  stranger: '0198c2f4-0000-7000-8000-000000000012',
  customer_success: '0198c2f4-0000-7000-8000-000000000013',
  no_role: '0198c2f4-0000-7000-8000-000000000014',
  demoted: '0198c2f4-0000-7000-8000-000000000015',
  moved: '0198c2f4-0000-7000-8000-000000000016',
};

const stage = forAllTests(() => setStage({ environment: { LIVE_HEARTBEAT_SECONDS: '1' } }));
let roles: Record<string, Role[]>;
const listeners: Listener[] = [];

const start = async (environment: Record<string, string> = {}) => {
  const started = await stage.start(environment);
  await untilItReceives(started);
  return started;
};

beforeAll(async () => {
  await untilItReceives(stage.gateway);
});
beforeEach(() => {
  roles = {
    super_admin: ['super_admin'],
    stranger: ['super_admin'],
    customer_success: ['customer_success'],
    no_role: [],
    demoted: ['super_admin'],
    moved: ['super_admin'],
  };
  stage.services.reset();
  stage.services.answer(identifyMember, ({ subject }) => {
    const its = roles[subject];
    if (its === undefined) throw refuse('member_unknown', 'Nobody is known by this sign-in.');
    return aMember(its, {
      memberId: memberIds[subject]!,
      organizationId: subject === 'stranger' ? otherOrganization : organizationId,
    });
  });
});
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close();
});

/** Opens a stream with a session, as a page does, or else with a token. */
async function listen(
  person: string,
  {
    at = stage.gateway,
    lastEventId,
    session,
  }: { at?: TestService; lastEventId?: string | undefined; session?: string } = {},
): Promise<Listener> {
  const own: Record<string, string> =
    session === undefined
      ? { authorization: `Bearer ${await stage.issuer.token(person)}` }
      : { cookie: `tenure=${session}` };
  const listener = await Listener.open(
    ({ signal, headers }) => fetch(`${at.url}/api/live`, { signal, headers: { ...headers, ...own } }),
    lastEventId,
  );
  listeners.push(listener);
  return listener;
}
const open = (subject: string, of = stage.gateway) =>
  of.get(Sessions).open({ issuer: stage.issuer.issuer, subject, roles: roles[subject]!, signedInAt: Date.now() });
const used = (account = accountId, organization = organizationId) =>
  tell(stage.nats, useChanged, {
    organizationId: organization,
    accountId: account,
    data: { accountId: account, used: 1, contracted: 20 },
  });
const change = (account = accountId) => ({
  kind: 'account',
  id: account,
  accountId: account,
  applicationId: null,
  what: 'licensing.use.changed',
});

describe('an open page', () => {
  it('receives the changes of its organization with their positions in the stream', async () => {
    const page = await listen('super_admin');
    expect([page.response.status, page.response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(page.response.headers.get('cache-control')).toBe('no-store');
    await tell(stage.nats, applicationApproved, { accountId, applicationId, data: {} });
    await eventually(() =>
      expect(page.heard).toEqual([
        {
          id: expect.stringMatching(/^\d+$/),
          event: 'changed',
          data: {
            kind: 'application',
            id: applicationId,
            accountId,
            applicationId,
            what: 'accounts.application.approved',
          },
        },
      ]),
    );
  });

  it('receives nothing about another organization or for reviewers only', async () => {
    const [page, reviewer] = await Promise.all([listen('super_admin'), listen('customer_success')]);
    await used(otherAccount, otherOrganization);
    const waiting = { noticeId: otherAccount, key: 'k', kind: 'application_waiting', offset: null, termNumber: null };
    await tell(stage.nats, noticeSent, { data: { ...waiting, recipients: 1 } });
    await used();
    await eventually(() => expect(page.changes).toHaveLength(1));
    expect(page.changes).toEqual([change()]);
    await eventually(() => expect(reviewer.changes).toHaveLength(3));
    expect(reviewer.changes).toEqual([
      change(otherAccount),
      expect.objectContaining({ kind: 'delivery', id: otherAccount, what: 'notifications.notice.sent' }),
      change(),
    ]);
  });

  it('is for members only; a member without a role receives nothing, and the stream ends when their rights change', async () => {
    expect((await call(stage.gateway.url!, 'GET /api/live')).problem.code).toBe('unauthenticated');
    const [page, other] = await Promise.all([listen('no_role'), listen('super_admin')]);
    await used();
    await eventually(() => expect(other.changes).toHaveLength(1));
    await eventually(() => expect(page.lastEventId).toBe(other.lastEventId));
    expect(page.heard).toEqual([]);
    roles['no_role'] = ['super_admin'];
    await tell(stage.nats, memberChanged, {
      data: { memberId: memberIds['no_role'], issuer: stage.issuer.issuer, subject: 'no_role' },
    });
    await page.ended;
    const back = await listen('no_role');
    await used();
    await eventually(() => expect(back.changes).toEqual([change()]));
  });

  it('receives heartbeats with the current position of the stream', async () => {
    const page = await listen('super_admin');
    await used(otherAccount, otherOrganization);
    await eventually(() => expect(page.lastEventId).toBe(String(stage.gateway.get(LiveEvents).last)));
    await eventually(() => expect(page.here).toBeGreaterThanOrEqual(3));
    expect(page.heard).toEqual([]);
  });

  it('shares one consumer of the stream, however many are open', async () => {
    const manager = await jetstreamManager(await stage.nats.connect());
    const consumers = async () => (await manager.consumers.list('EVENTS').next()).map(({ name }) => name);
    const before = await consumers();
    await Promise.all([listen('super_admin'), listen('customer_success'), listen('stranger')]);
    expect((await consumers()).filter((name) => !before.includes(name))).toEqual([]);
  });

  it('is refused beyond twenty per member, without affecting other members', async () => {
    await Promise.all(Array.from({ length: 20 }, () => listen('super_admin')));
    const token = await stage.issuer.token('super_admin');
    const { problem, headers } = await call(stage.gateway.url!, 'GET /api/live', { token });
    expect([problem.code, headers.get('retry-after')]).toEqual(['too_many_requests', '2']);
    expect((await listen('stranger')).response.status).toBe(200);
    listeners[0]!.close();
    await eventually(async () => expect((await listen('super_admin')).response.status).toBe(200));
  });
});

describe('after a break, a page', () => {
  it('receives what it missed, once and in order', async () => {
    const page = await listen('super_admin');
    await used();
    await eventually(() => expect(page.changes).toHaveLength(1));
    const { lastEventId } = page;
    page.close();
    await used(otherAccount, otherOrganization);
    await tell(stage.nats, accountCreated, { accountId, data: {} });
    await used();
    await eventually(() => expect(stage.gateway.get(LiveEvents).last).toBe(Number(lastEventId) + 3));
    const back = await listen('super_admin', { lastEventId });
    await eventually(() => expect(back.changes).toHaveLength(2));
    expect(back.changes).toEqual([{ ...change(), what: 'accounts.account.created' }, change()]);
    expect(back.lastEventId).toBe(String(Number(lastEventId) + 3));
  });

  it('receives it from another gateway too, even one started since', async () => {
    const { last } = stage.gateway.get(LiveEvents);
    await used();
    const other = await start();
    await eventually(() => expect(other.get(LiveEvents).after(last)).toHaveLength(1));
    const back = await listen('super_admin', { at: other, lastEventId: String(last) });
    await eventually(() => expect(back.changes).toEqual([change()]));
    await other.close();
    await back.ended;
  });

  it('that missed more than it could read at once is told to fetch everything, instead of being cut off each time', async () => {
    const { last } = stage.gateway.get(LiveEvents);
    const many = 2_000;
    await Promise.all(Array.from({ length: many }, () => used()));
    await eventually(() => expect(stage.gateway.get(LiveEvents).last).toBe(last + many));
    const back = await listen('super_admin', { lastEventId: String(last) });
    await used();
    await eventually(() => expect(back.changes).toEqual([change()]));
    expect(back.heard.map(({ event }) => event)).toEqual(['resync', 'changed']);
    expect(back.lastEventId).toBe(String(last + many + 1));
  });

  it.each(['999999999', '0123456789012345'])(
    'with a position that does not exist here is told to fetch everything: %s',
    async (lastEventId) => {
      const back = await listen('super_admin', { lastEventId });
      const isNumber = lastEventId.length < 16;
      await eventually(() => expect(back.here).toBeGreaterThan(0));
      expect(back.heard.map(({ event }) => event)).toEqual(isNumber ? ['resync'] : []);
    },
  );

  it('is told to fetch everything while its gateway, which missed events, reads them again, and does not receive these', async () => {
    const gate = await Gate.before(new URL(stage.nats.url).host);
    const other = await start({ NATS_URL: `nats://${gate.address}` });
    const events = other.get(LiveEvents);
    const before = await listen('super_admin', { at: other });
    const authorization = `Bearer ${await stage.issuer.token('super_admin')}`;
    const request = { header: (name: string) => (name === 'authorization' ? authorization : undefined) };
    const { last } = events;
    gate.shut();
    await Promise.all(Array.from({ length: 300 }, () => used()));
    const manager = await jetstreamManager(await stage.nats.connect());
    await manager.streams.purge('EVENTS', { seq: last + 10 });
    gate.open();
    // The gateway knows the position of the stream before it has read the first event, without waiting in between.
    while (events.last === last || !events.isReceiving) await new Promise(setImmediate);
    const meanwhile = await other
      .get(LiveStreams)
      .open(request as unknown as Request, aMember(['super_admin'], { organizationId }), last + 100);

    await eventually(() => expect(events.after(last + 100)).toHaveLength(200));
    await used();
    await eventually(() => expect(before.changes).toHaveLength(1));
    expect(before.heard.map(({ id, event }) => [id, event])).toEqual([
      [String(last + 300), 'resync'],
      [String(last + 301), 'changed'],
    ]);
    const told = String(meanwhile.getStream().read());
    expect(told.match(/^event: (?!here).*$/gm)).toEqual(['event: resync', 'event: changed']);
    expect((await listen('super_admin', { at: other, lastEventId: String(last + 299) })).response.status).toBe(200);
    await eventually(() => expect(listeners.at(-1)!.changes).toHaveLength(2));
    await other.close();
    gate.close();
  });

  it('continues automatically after NATS was down', async () => {
    const own = await testNats();
    await StandIns.start(own);
    await makeEventStream(own);
    const moody = await startTestService({ nats: own, ...gatewayFor({ issuer: stage.issuer.issuer }) });
    const isReceiving = () => moody.get(LiveEvents).isReceiving;
    await eventually(() => expect(isReceiving()).toBe(true));
    await own.down();
    await eventually(() => expect(isReceiving()).toBe(false));
    await own.up();
    await eventually(() => expect(isReceiving()).toBe(true));
    const { last } = moody.get(LiveEvents);
    await tell(own, useChanged, { accountId, data: { accountId, used: 1, contracted: 20 } });
    await eventually(() => expect(moody.get(LiveEvents).after(last)).toHaveLength(1));
    await moody.close();
    await own.close();
  });

  it('continues automatically after another NATS server of the cluster has lost the consumer', async () => {
    const page = await listen('super_admin');
    const { consumers } = await jetstreamManager(await stage.nats.connect());
    const names = (await consumers.list('EVENTS').next()).map(({ name }) => name);
    for (const name of names.filter((its) => its.startsWith('gateway_'))) await consumers.delete('EVENTS', name);
    await used();
    await eventually(() => expect(page.changes).toHaveLength(1));
  });

  it('is refused while the stream does not exist', async () => {
    const own = await testNats();
    await StandIns.start(own);
    const early = await startTestService({ nats: own, ...gatewayFor({ issuer: stage.issuer.issuer }) });
    const token = await stage.issuer.token('super_admin');
    expect((await call(early.url!, 'GET /api/live', { token })).problem.code).toBe('unavailable');
    await makeEventStream(own);
    await eventually(async () => expect((await call(early.url!, 'GET /api/live', { token })).status).toBe(200));
    await early.close();
    await own.close();
  });
});

describe('a live stream ends', () => {
  it('immediately when its session is ended', async () => {
    const session = await open('super_admin');
    const [page, other] = await Promise.all([
      listen('super_admin', { session }),
      listen('super_admin', { session: await open('super_admin') }),
    ]);
    await stage.gateway.get(Sessions).end(session);
    await page.ended;
    expect(other.hasEnded).toBe(false);
  });

  it('when its session is ended at another gateway', async () => {
    const other = await start();
    const session = await open('super_admin');
    const page = await listen('super_admin', { session });
    await other.get(Sessions).end(session);
    await eventually(() => expect(page.hasEnded).toBe(true));
    await other.close();
  });

  it('when its session expires', async () => {
    const strict = await start({ SESSION_ABSOLUTE_SECONDS: '1' });
    const page = await listen('super_admin', { at: strict, session: await open('super_admin', strict) });
    await eventually(() => expect(page.hasEnded).toBe(true));
    await strict.close();
  });

  it('when its token has expired', async () => {
    // It is accepted for some seconds more; if opening took longer than that, another one is tried.
    const page = await eventually(async () => {
      const token = await stage.issuer.token('super_admin', { exp: Math.floor(Date.now() / 1000) });
      const opened = await Listener.open(({ signal }) =>
        fetch(`${stage.gateway.url}/api/live`, { signal, headers: { authorization: `Bearer ${token}` } }),
      );
      listeners.push(opened);
      expect(opened.response.status).toBe(200);
      return opened;
    });
    await page.ended;
  });

  it('as soon as accounts reports that its member lost the role, and receives nothing when it is opened again', async () => {
    const session = await open('demoted');
    const page = await listen('demoted', { session });
    const other = await listen('super_admin');
    roles['demoted'] = [];
    await tell(stage.nats, memberChanged, {
      data: { memberId: memberIds['demoted'], issuer: stage.issuer.issuer, subject: 'demoted' },
    });
    await page.ended;
    expect(other.hasEnded).toBe(false);
    expect((await listen('demoted', { session })).response.status).toBe(401);
    const back = await listen('demoted');
    await used();
    await eventually(() => expect(other.changes).toContainEqual(change()));
    await eventually(() => expect(back.lastEventId).toBe(other.lastEventId));
    expect(back.heard).toEqual([]);
  });

  it('when its member turns out to belong to another organization, but not while accounts does not respond', async () => {
    const page = await listen('moved');
    const members = stage.gateway.get(Members);
    const lookedAt = async (answer: () => MemberView) => {
      let asked = 0;
      stage.services.answer(identifyMember, () => {
        asked += 1;
        return answer();
      });
      members.forget({ issuer: stage.issuer.issuer, subject: 'moved' });
      await eventually(() => expect(asked).toBeGreaterThan(0));
    };
    await lookedAt(() => {
      throw refuse('unavailable', 'Not now.');
    });
    const { here } = page;
    await eventually(() => expect(page.here).toBeGreaterThan(here));
    expect(page.hasEnded).toBe(false);
    const memberId = memberIds['moved']!;
    await lookedAt(() => aMember(['super_admin'], { memberId, organizationId: otherOrganization }));
    await page.ended;
  });

  it('when the page does not read it, while other pages keep receiving', async () => {
    const reader = await listen('super_admin');
    const authorization = `Bearer ${await stage.issuer.token('super_admin')}`;
    const header = (name: string) => (name === 'authorization' ? authorization : undefined);
    const request = { header } as unknown as Request;
    const unread = await stage.gateway
      .get(LiveStreams)
      .open(request, aMember(['super_admin'], { organizationId }), undefined);
    const many = 2_000;
    await Promise.all(Array.from({ length: many }, () => used()));
    await eventually(() => expect(reader.changes).toHaveLength(many));
    expect([unread.getStream().destroyed, reader.hasEnded]).toEqual([true, false]);
  });

  it('when the gateway stops, without delaying that', async () => {
    const own = await start();
    const page = await listen('super_admin', { at: own });
    await own.close();
    await eventually(() => expect(page.hasEnded).toBe(true));
  });
});
