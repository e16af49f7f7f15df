import { randomUUID } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { Injectable, Logger, Module, type Type } from '@nestjs/common';
import { DomainError, event, eventSubject, natsUsers, problem, type Envelope, type Event } from '@tenure/contracts';
import type { DeadEvent, DeadEvents } from '@tenure/operate/events/dead-events';
import {
  currentRequestId,
  DeliverLater,
  Nats,
  on,
  platformModule,
  provideConsumer,
  RetryLater,
  type Delivery,
} from '@tenure/platform';
import { z } from 'zod';
import {
  eventually,
  Gate,
  readMetrics,
  startTestService,
  testNats,
  type TestNats,
  type TestService,
} from '../index.js';
import { sampleUsers } from './sample.js';

const counted = event('accounts.thing.counted', z.object({ n: z.int() }));
const ignored = event('accounts.thing.ignored', z.object({}));
const added = event('accounts.thing.added', z.object({}));
const organizationId = randomUUID();

type Handle = (envelope: Envelope<typeof counted>, delivery: Delivery) => Promise<void>;

/** The behavior of the consumer for an event, set by each spec. */
const behavior = { handle: undefined as unknown as Handle };

@Injectable()
class Behavior {
  readonly of = behavior;
}

const settings = { durable: 'workflows', atOnce: 4, backoff: [20, 40] } as const;

/** A module with a consumer that follows `behavior`. */
const listening = (backoff: readonly number[] = settings.backoff) =>
  provideConsumer({
    ...settings,
    backoff,
    inject: [Behavior],
    handlers: (injected) => [on(counted, (envelope, delivery) => injected.of.handle(envelope, delivery))],
  });

@Module({ imports: [platformModule()], providers: [Behavior, listening()] })
class ListeningModule {}

/** The events that a later version of the same service consumes. */
const heardLater: string[] = [];
const hear = async ({ type }: Envelope) => void heardLater.push(type);

@Module({
  imports: [platformModule()],
  providers: [provideConsumer({ ...settings, inject: [], handlers: () => [on(counted, hear), on(added, hear)] })],
})
class LaterModule {}

/** A backoff that no test waits for. */
@Module({
  imports: [platformModule()],
  providers: [Behavior, listening([1, 1, 1, 1, 600_000])],
})
class PatientModule {}

describe('a consumer of events', () => {
  let nats: TestNats;
  let service: TestService;
  let seen: { n: number; delivery: Delivery }[];
  const start = (environment: Record<string, string> = {}, module: Type = ListeningModule) =>
    startTestService({
      service: 'workflows',
      module,
      nats,
      environment: { EVENTS_DELIVERIES: '3', ...environment },
    }).then((started) => (service = started));

  beforeAll(async () => {
    Logger.overrideLogger(false);
    nats = await testNats({ users: sampleUsers(natsUsers().find(({ user }) => user === 'licensing')!).slice(0, 1) });
  });
  afterAll(() => nats?.close());
  beforeEach(async () => {
    seen = [];
    behavior.handle = (envelope, delivery) => {
      seen.push({ n: envelope.data.n, delivery });
      return Promise.resolve();
    };
    await start();
  });
  afterEach(async () => {
    await service.close();
    const manager = await jetstream(await nats.connect()).jetstreamManager();
    await manager.streams.delete('EVENTS');
  });

  const publish = async (
    of: Event,
    data: unknown,
    rest: Partial<Envelope> = {},
    subject = eventSubject(of, organizationId),
  ) => {
    const envelope = {
      id: randomUUID(),
      type: of.name,
      schema: 1,
      at: new Date().toISOString(),
      organizationId,
      accountId: null,
      applicationId: null,
      version: 1,
      cause: {},
      data,
      ...rest,
    };
    await jetstream(await nats.connect()).publish(subject, JSON.stringify(envelope), { msgID: envelope.id });
  };
  const count = (n: number, accountId: string | null = null) => publish(counted, { n }, { accountId });
  const deadLetters = async () => {
    const manager = await jetstream(await nats.connect()).jetstreamManager();
    const { state } = await manager.streams.info('EVENTS', { subjects_filter: 'events.dead.>' });
    const last = await manager.streams
      .getMessage('EVENTS', { last_by_subj: 'events.dead.workflows' })
      .catch(() => null);
    return { subjects: state.subjects ?? {}, last };
  };
  const progress = async () =>
    (await jetstream(await nats.connect()).jetstreamManager()).consumers.info('EVENTS', 'workflows');
  const delivered = async () => (await progress()).num_ack_pending;
  const unsettled = async () => {
    const { num_ack_pending, num_pending } = await progress();
    return num_ack_pending + num_pending;
  };

  it('receives each of its events once if all goes well', async () => {
    await count(1);
    await publish(ignored, {});
    await count(2);
    await eventually(() => expect(seen.map(({ n }) => n)).toEqual([1, 2]));
    await eventually(async () => expect(await unsettled()).toBe(0));
    expect(seen[0]!.delivery).toEqual({ deliveries: 1 });
  });

  it('uses the id of the event as the request id', async () => {
    const known: (string | undefined)[] = [];
    behavior.handle = async () => void known.push(currentRequestId());
    const id = randomUUID();
    await publish(counted, { n: 1 }, { id });
    await eventually(() => expect(known).toEqual([id]));
  });

  it('receives a failed event again, with the number of the delivery', async () => {
    let failures = 0;
    const succeed = behavior.handle;
    behavior.handle = (envelope, delivery) => {
      if (delivery.deliveries < 3) {
        failures += 1;
        throw new Error('not yet');
      }
      return succeed(envelope, delivery);
    };
    await count(1);
    await eventually(() => expect(seen).toEqual([{ n: 1, delivery: { deliveries: 3 } }]));
    expect(failures).toBe(2);
    expect((await deadLetters()).last).toBeNull();
  });

  it('gives up after its deliveries, stores the dead event, and continues', async () => {
    const succeed = behavior.handle;
    behavior.handle = (envelope, delivery) =>
      envelope.data.n === 1 ? Promise.reject(new Error('never')) : succeed(envelope, delivery);
    await count(1);
    await count(2);
    const { last } = await eventually(async () => {
      const dead = await deadLetters();
      expect(dead.subjects).toEqual({ 'events.dead.workflows': 1 });
      return dead;
    });
    expect(last!.json<Envelope>()).toMatchObject({ type: counted.name, data: { n: 1 } });
    expect(['Subject', 'Reason', 'Deliveries'].map((name) => last!.header.get(`Tenure-${name}`))).toEqual([
      eventSubject(counted, organizationId),
      'Error: never',
      '3',
    ]);
    await eventually(() => expect(seen.map(({ n }) => n)).toEqual([2]));
    await eventually(async () => expect(await unsettled()).toBe(0));
  });

  it.each(['never\nagain', 'never\r\nagain', 'never\ragain'])(
    'stores the first line of the reason, whatever its line break (%j)',
    async (reason) => {
      const succeed = behavior.handle;
      behavior.handle = (envelope, delivery) =>
        envelope.data.n === 1 ? Promise.reject(new Error(reason)) : succeed(envelope, delivery);
      await count(1);
      await count(2);
      await eventually(async () => expect((await deadLetters()).subjects).toEqual({ 'events.dead.workflows': 1 }));
      const { last } = await deadLetters();
      expect(last!.header.get('Tenure-Reason')).toBe('Error: never');
      await eventually(async () => expect(await unsettled()).toBe(0));
      expect(seen.map(({ n }) => n)).toEqual([2]);
    },
  );

  it('gives up earlier on failing events that take more than half of its places, so that others get through', async () => {
    await service.close();
    await start({ EVENTS_DELIVERIES: '12' }, PatientModule);
    const succeed = behavior.handle;
    behavior.handle = (envelope, delivery) =>
      envelope.data.n === 1 ? Promise.reject(new Error('never')) : succeed(envelope, delivery);
    const { config } = await progress();
    const places = config.max_ack_pending!;
    for (let n = 0; n < 2 * places; n += 1) await count(1);
    await count(2);
    await eventually(() => expect(seen.map(({ n }) => n)).toEqual([2]));
    const { subjects, last } = await deadLetters();
    expect(subjects['events.dead.workflows']).toBeGreaterThan(places);
    expect(last!.header.get('Tenure-Deliveries')).toBe('5');
    // Those that fit keep waiting.
    expect(await unsettled()).toBeGreaterThan(0);
  });

  it('tries a failing event for all its deliveries while there is room for others', async () => {
    await service.close();
    await start({ EVENTS_DELIVERIES: '12' }, PatientModule);
    let failures = 0;
    behavior.handle = () => {
      failures += 1;
      return Promise.reject(new Error('never'));
    };
    for (let n = 0; n < 10; n += 1) await count(n);
    await eventually(() => expect(failures).toBe(50));
    expect((await deadLetters()).subjects).toEqual({});
    expect(await unsettled()).toBe(10);
  });

  it('drops messages that no publisher of events sent, so that they take no room from events', async () => {
    const subject = eventSubject(counted, organizationId);
    const gateway = await nats.connect('gateway');
    // JetStream replies on any subject that one of Tenure's own processes names.
    gateway.publish('$JS.API.INFO', '', { reply: subject });
    await gateway.flush();
    await publish({ ...counted, name: 'licensing.use.changed' }, { n: 1 }, {}, subject);
    await count(2);
    await eventually(() => expect(seen.map(({ n }) => n)).toEqual([2]));
    await eventually(async () => expect(await unsettled()).toBe(0));
    expect(await deadLetters()).toEqual({ subjects: {}, last: null });
  });

  it('stores what it cannot read as a dead event', async () => {
    await publish(counted, { n: 'many' });
    await eventually(async () => expect((await deadLetters()).subjects).toEqual({ 'events.dead.workflows': 1 }));
    expect(seen).toEqual([]);
  });

  it('waits as often as the handler asks, without counting a failure', async () => {
    let tries = 0;
    const succeed = behavior.handle;
    behavior.handle = (envelope, delivery) => {
      tries += 1;
      return tries < 8 ? Promise.reject(new RetryLater(5)) : succeed(envelope, delivery);
    };
    await count(1);
    await eventually(() => expect(seen).toEqual([{ n: 1, delivery: { deliveries: 1 } }]));
  });

  it('receives a deferred event as another delivery, and later ones of the same account meanwhile', async () => {
    const succeed = behavior.handle;
    let publish!: () => void;
    const published = new Promise<void>((resolve) => (publish = resolve));
    behavior.handle = async (envelope, delivery) => {
      if (envelope.data.n !== 1 || delivery.deliveries > 1) return succeed(envelope, delivery);
      await published;
      throw new DeliverLater(500);
    };
    await count(1);
    await count(2);
    publish();
    await eventually(() =>
      expect(seen.map(({ n, delivery }) => [n, delivery.deliveries])).toEqual([
        [2, 1],
        [1, 2],
      ]),
    );
  });

  it('waits for an unavailable service', async () => {
    let tries = 0;
    const succeed = behavior.handle;
    behavior.handle = (envelope, delivery) => {
      tries += 1;
      if (tries === 1) throw new DomainError(problem('unavailable', 'Nobody there.'));
      return succeed(envelope, delivery);
    };
    await count(1);
    await eventually(() => expect(seen).toEqual([{ n: 1, delivery: { deliveries: 1 } }]));
  });

  it('waits for its database without counting a failure', async () => {
    let tries = 0;
    const succeed = behavior.handle;
    behavior.handle = (envelope, delivery) => {
      tries += 1;
      if (tries === 1) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      return succeed(envelope, delivery);
    };
    await count(1);
    await eventually(() => expect(seen).toEqual([{ n: 1, delivery: { deliveries: 1 } }]));
  });

  it('handles several concurrently, those of one account in order', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    let atOnce = 0;
    let most = 0;
    let open!: () => void;
    const opened = new Promise<void>((resolve) => (open = resolve));
    behavior.handle = async (envelope, delivery) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await opened;
      seen.push({ n: envelope.data.n, delivery });
      atOnce -= 1;
    };
    for (let n = 0; n < 10; n += 1) await count(n, n % 2 === 0 ? a : b);
    for (let n = 10; n < 16; n += 1) await count(n, randomUUID());
    await eventually(() => expect(atOnce).toBe(4));
    open();
    await eventually(() => expect(seen).toHaveLength(16));
    expect(most).toBe(4);
    const of = (rest: number) => seen.map(({ n }) => n).filter((n) => n < 10 && n % 2 === rest);
    expect(of(0)).toEqual([0, 2, 4, 6, 8]);
    expect(of(1)).toEqual([1, 3, 5, 7, 9]);
  });

  it('starts no event of an account while an earlier one is being handled, even one that had waited', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    let open!: () => void;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const begun: number[] = [];
    const succeed = behavior.handle;
    behavior.handle = async (envelope, delivery) => {
      begun.push(envelope.data.n);
      if (envelope.data.n === 2) await opened;
      return succeed(envelope, delivery);
    };
    await count(1, one);
    await count(2, one);
    await eventually(() => expect(begun).toEqual([1, 2]));
    await count(3, one);
    await count(4, other); // The consumer receives it after the third.
    await eventually(() => expect(begun).toContain(4));
    expect(begun).not.toContain(3);
    open();
    await eventually(() => expect(begun).toEqual([1, 2, 4, 3]));
  });

  it('keeps a slow event beyond the ack deadline: nobody receives it a second time meanwhile', async () => {
    await service.close();
    // Long enough that no machine stops for this long, after which an event does come a second time.
    await start({ EVENTS_ACK_SECONDS: '6' });
    const succeed = behavior.handle;
    let open!: () => void;
    const opened = new Promise<void>((resolve) => (open = resolve));
    behavior.handle = (envelope, delivery) => {
      if (envelope.data.n === 1) return opened;
      // By the time it comes again, the ack deadline has passed.
      if (delivery.deliveries === 1) throw new DeliverLater(7_000);
      return succeed(envelope, delivery);
    };
    await count(1, randomUUID());
    await count(2, randomUUID());
    await eventually(async () => expect([seen.length, await unsettled()]).toEqual([1, 1]));
    const { num_redelivered } = await progress();
    open();
    expect(num_redelivered).toBe(0);
    await eventually(async () => expect(await unsettled()).toBe(0));
  });

  it('finishes what it is handling when it stops, and returns the rest for the next start', async () => {
    const longWait = { EVENTS_ACK_SECONDS: '3600' }; // An event that is not returned comes no sooner.
    await service.close();
    await start(longWait);
    let open!: () => void;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const begun: number[] = [];
    behavior.handle = async (envelope, delivery) => {
      begun.push(envelope.data.n);
      await opened;
      seen.push({ n: envelope.data.n, delivery });
    };
    for (let n = 0; n < 8; n += 1) await count(n);
    await eventually(() => expect(begun).toEqual([0])); // One account's queue: its other events wait.
    const closing = service.close();
    await eventually(async () =>
      expect((await service.health.state()).reasons).toContain('consumer workflows: it has been stopped'),
    );
    open();
    await closing;
    expect(seen.map(({ n }) => n)).toEqual([0]);
    await start(longWait);
    await eventually(() => expect(seen.map(({ n }) => n).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]));
  });

  it('returns when it stops what is on its way to it, which nobody else would get before the ack deadline', async () => {
    await service.close();
    const gate = await Gate.before(new URL(nats.url).host);
    try {
      const longWait = { EVENTS_ACK_SECONDS: '3600' };
      await start({ ...longWait, NATS_URL: `nats://${gate.address}` });
      gate.holdAnswers();
      await count(1);
      await eventually(async () => expect(await delivered()).toBe(1));
      const closing = service.close();
      await eventually(async () =>
        expect((await service.health.state()).reasons).toContain('consumer workflows: it has been stopped'),
      );
      gate.open();
      await closing;
      expect(seen).toEqual([]);
      await start(longWait);
      await eventually(() => expect(seen.map(({ n }) => n)).toEqual([1]));
    } finally {
      gate.close();
    }
  });

  it('receives at its next start what happened while it was down', async () => {
    await service.close();
    await count(1);
    await start();
    await eventually(() => expect(seen.map(({ n }) => n)).toEqual([1]));
  });

  it('recovers when its stream is deleted', async () => {
    const manager = await jetstream(await nats.connect()).jetstreamManager();
    await manager.streams.delete('EVENTS');
    await eventually(async () => {
      await count(1);
      expect(seen.length).toBeGreaterThan(0);
    });
  });

  it('stops even while it is recovering', async () => {
    const { jetstream: ours } = service.get(Nats);
    const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ask = ours.jetstreamManager.bind(ours);
    ours.jetstreamManager = async (...options) => {
      asked.resolve();
      await answered.promise;
      return ask(...options);
    };
    const manager = await jetstream(await nats.connect()).jetstreamManager();
    await manager.streams.delete('EVENTS');
    await asked.promise;
    const closing = service.close();
    await eventually(async () =>
      expect((await service.health.state()).reasons).toContain('consumer workflows: it has been stopped'),
    );
    answered.resolve();
    await expect(closing).resolves.toBeUndefined();
  });

  describe('of which a later version consumes one more event', () => {
    let later: TestService;
    const startLater = async () =>
      (later = await startTestService({ service: 'workflows', module: LaterModule, nats }));
    beforeEach(async () => {
      heardLater.length = 0;
      await startLater();
    });
    afterEach(() => later.close());

    it('still receives that event if the earlier version started last', async () => {
      await service.close();
      await start();
      await service.close();
      await publish(added, {});
      await eventually(() => expect(heardLater).toEqual([added.name]));
    });

    it('stores it as a dead event after a rollback, until the later version is back', async () => {
      await later.close();
      const dead = await nats.dead();
      await publish(added, {});
      const [kept] = await eventually(async () => {
        const all = await dead.list();
        expect(all).toMatchObject([
          { reason: 'Error: accounts.thing.added is meant for a later version of this consumer.' },
        ]);
        return all;
      });
      await service.close();
      await startLater();
      await dead.putBack(kept!);
      await eventually(() => expect(heardLater).toEqual([added.name]));
    });
  });

  describe('with a dead event', () => {
    let fails: boolean;
    let dead: DeadEvents;
    beforeEach(async () => {
      const succeed = behavior.handle;
      fails = true;
      behavior.handle = (envelope, delivery) =>
        fails && envelope.data.n === 1 ? Promise.reject(new Error('never')) : succeed(envelope, delivery);
      dead = await nats.dead();
      await count(1);
      await theOne();
    });
    const theOne = () =>
      eventually(async (): Promise<DeadEvent> => {
        const all = await dead.list();
        if (all.length !== 1) throw new Error(`There are ${all.length} dead events.`);
        return all[0]!;
      });

    it('reports it, and stays ready', async () => {
      // The event is stored first, and then settled.
      await eventually(async () =>
        expect(await service.health.state()).toEqual({
          reasons: [],
          notes: ['consumer workflows: 1 dead event (npm run events -- --dead)'],
        }),
      );
      expect(await readMetrics(service.health.metrics)).toContain('tenure_consumer_dead{consumer="workflows"} 1\n');
    });

    it('lets the operator read it, with the reason', async () => {
      const event = await theOne();
      expect(event).toEqual({
        id: 2,
        consumer: 'workflows',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        reason: 'Error: never',
        deliveries: 3,
        subject: eventSubject(counted, organizationId),
        body: expect.stringContaining('"n":1'),
      });
      expect(await dead.get(2)).toEqual(event);
    });

    it('handles it when the operator retries it, and is well again', async () => {
      fails = false;
      await dead.putBack(await theOne());
      await eventually(() => expect(seen).toEqual([{ n: 1, delivery: { deliveries: 1 } }]));
      expect(await dead.list()).toEqual([]);
      await eventually(async () => expect(await service.health.state()).toEqual({ reasons: [], notes: [] }));
    });

    it('gives up on it again if it fails again, with its original subject', async () => {
      const event = await theOne();
      await dead.putBack(event);
      const again = await theOne();
      expect(again).toEqual({ ...event, id: 4, at: again.at });
    });

    it('never receives it again after the operator discards it', async () => {
      const { id } = await theOne();
      fails = false;
      await dead.discard(id);
      expect(await dead.list()).toEqual([]);
      await expect(dead.discard(id)).rejects.toThrow(`There is no dead event ${id}.`);
      await count(2);
      await eventually(() => expect(seen.map(({ n }) => n)).toContain(2));
      expect(seen.map(({ n }) => n)).toEqual([2]);
    });

    it('does not let the operator treat a live event as dead', async () =>
      expect(dead.discard(1)).rejects.toThrow('There is no dead event 1.'));
  });

  describe('that is behind', () => {
    let open: () => void;
    beforeEach(() => {
      const opened = new Promise<void>((resolve) => (open = resolve));
      behavior.handle = () => opened;
    });
    afterEach(() => open());

    it('reports how far, in events and in time', async () => {
      const began = Date.now();
      for (let n = 1; n <= 3; n += 1) await count(n);
      await eventually(async () => {
        const { reasons, notes } = await service.health.state();
        expect([reasons, notes]).toEqual([
          [],
          [expect.stringMatching(/^consumer workflows: 3 events behind, the oldest \d+ s$/)],
        ]);
      });
      const oldest = await eventually(async () => {
        const metrics = await service.health.metrics.text();
        expect(metrics).toContain('tenure_consumer_unsettled{consumer="workflows"} 3\n');
        const seconds = Number(/^tenure_consumer_oldest_seconds\{consumer="workflows"\} (.*)$/m.exec(metrics)?.[1]);
        expect(seconds).toBeGreaterThan(0);
        return seconds;
      });
      expect(oldest).toBeLessThanOrEqual((Date.now() - began) / 1000);
    });

    it('is not ready beyond the configured limit', async () => {
      await service.close();
      await start({ EVENTS_LAG_LIMIT_SECONDS: '1' });
      await count(1);
      await eventually(async () =>
        expect((await service.health.state()).reasons).toEqual([
          expect.stringMatching(/^consumer workflows: 1 event behind, the oldest \d+ s$/),
        ]),
      );
      open();
      await eventually(async () => expect(await service.health.state()).toEqual({ reasons: [], notes: [] }));
    });
  });
});
