import {
  cachedEntitlements,
  client,
  entitlementChanged,
  eventSubject,
  getEntitlement,
  refuse,
  useChanged,
  type CachedEntitlements,
  type CachedEntitlementsOptions,
  type DataOf,
  type EntitlementView,
} from '@tenure/contracts';
import { forAllTests } from './for-all-tests.js';
import { eventually } from './eventually.js';
import { testNats } from './nats.js';

const organizationId = '01a20cbc-096f-794b-8c1b-a391dbfa3c97';
const id = (n: number) => `01a20cbc-096f-794b-8c1b-${String(n).padStart(12, '0')}`;
const entitlement: Omit<EntitlementView, 'accountId'> = {
  organizationId,
  license: 'standard',
  features: [],
  contracted: 500,
  used: 100,
  left: 400,
  rtcLines: 0,
  expiresOn: '2999-12-31',
  validUntil: '3000-01-01T00:00:00.000Z',
  timeZone: 'Europe/Madrid',
  clockAheadSeconds: 0,
  state: 'active',
  revision: 5,
  useVersion: 7,
};

const nats = forAllTests(testNats);
let answers: (accountId: string) => EntitlementView | Promise<EntitlementView>;
const asked: string[] = [];
const open: CachedEntitlements[] = [];
beforeAll(async () => {
  await nats.answer(getEntitlement, ({ accountId }) => {
    asked.push(accountId);
    return answers(accountId);
  });
});
beforeEach(() => {
  asked.length = 0;
  answers = (accountId) => ({ ...entitlement, accountId });
});
afterEach(() => open.splice(0).forEach((one) => one.close()));

async function cached(options?: CachedEntitlementsOptions): Promise<CachedEntitlements> {
  const entitlements = await cachedEntitlements(await nats.connect('ingestion'), 'ingestion', options);
  open.push(entitlements);
  return entitlements;
}

async function told(
  event: typeof entitlementChanged | typeof useChanged,
  accountId: string,
  version: number,
  data: object,
) {
  const envelope = {
    ...{ id: id(0), type: event.name, schema: 1, at: '2026-11-24T09:00:00.000Z', organizationId },
    ...{ accountId, applicationId: null, version, cause: {}, data: { accountId, ...data } },
  };
  const licensing = await nats.connect('licensing');
  licensing.publish(eventSubject(event, organizationId), JSON.stringify(envelope));
  await licensing.flush();
}
const changed: Omit<DataOf<typeof entitlementChanged>, 'accountId'> = {
  license: 'pro',
  features: ['export'],
  contracted: 800,
  rtcLines: 2,
  timeZone: 'Europe/Madrid',
  term: {
    number: 2,
    anchor: '2026-11-24',
    months: 12,
    firstDay: '2026-11-24',
    expiresOn: '3000-12-31',
    expiresAt: '3001-01-01T00:00:00.000Z',
  },
  validUntil: '3001-01-01T00:00:00.000Z',
  renewalPending: false,
  clockAheadSeconds: 0,
  clockMoved: false,
};

describe('the entitlement cache of a service', () => {
  it('fetches an entitlement once, even for concurrent callers', async () => {
    const entitlements = await cached();
    const all = await Promise.all([entitlements.get(id(1)), entitlements.get(id(1)), entitlements.get(id(2))]);
    expect(all).toEqual([1, 1, 2].map((n) => ({ ...entitlement, accountId: id(n) })));
    await entitlements.get(id(1));
    expect(asked).toEqual([id(1), id(2)]);
  });

  it('follows each change of the entitlement without fetching it again', async () => {
    const entitlements = await cached();
    await entitlements.get(id(1));
    await told(entitlementChanged, id(1), 6, changed);
    await eventually(async () =>
      expect(await entitlements.get(id(1))).toEqual({
        ...entitlement,
        ...{ accountId: id(1), license: 'pro', features: ['export'], contracted: 800, left: 700, rtcLines: 2 },
        ...{ expiresOn: '3000-12-31', validUntil: '3001-01-01T00:00:00.000Z', revision: 6 },
      }),
    );
    expect(asked).toEqual([id(1)]);
  });

  it('returns the same for an id in capital letters', async () => {
    const entitlements = await cached();
    await entitlements.get(id(1).toUpperCase());
    await told(useChanged, id(1), 8, { used: 450, contracted: 500 });
    await eventually(async () => expect(await entitlements.get(id(1).toUpperCase())).toMatchObject({ used: 450 }));
    expect(asked).toEqual([id(1)]);
  });

  it('follows each change of use', async () => {
    const entitlements = await cached();
    await entitlements.get(id(1));
    await told(useChanged, id(1), 8, { used: 450, contracted: 500 });
    await eventually(async () =>
      expect(await entitlements.get(id(1))).toMatchObject({ used: 450, left: 50, useVersion: 8 }),
    );
    expect(asked).toEqual([id(1)]);
  });

  it('ignores older and repeated events', async () => {
    const entitlements = await cached();
    await entitlements.get(id(1));
    await told(entitlementChanged, id(1), 5, changed);
    await told(useChanged, id(1), 6, { used: 0, contracted: 500 });
    await told(useChanged, id(2), 9, { used: 1, contracted: 500 });
    await told(useChanged, id(1), 8, { used: 450, contracted: 500 });
    await eventually(async () => expect((await entitlements.get(id(1))).useVersion).toBe(8));
    expect(await entitlements.get(id(1))).toMatchObject({ license: 'standard', used: 450, revision: 5 });
  });

  it('applies events received during the fetch to an older answer', async () => {
    let answer!: () => void;
    const waiting = new Promise<void>((resolve) => (answer = resolve));
    answers = async (accountId) => {
      await waiting;
      return { ...entitlement, accountId };
    };
    const entitlements = await cached({ timeout: 60_000 });
    const first = entitlements.get(id(1));
    await eventually(() => expect(asked).toEqual([id(1)]));
    await told(useChanged, id(1), 8, { used: 450, contracted: 500 });
    await (await nats.connect('ingestion')).flush();
    answer();
    expect(await first).toMatchObject({ used: 450, left: 50, useVersion: 8 });
  });

  describe('when an account ends, believes licensing, not the clock of this process', () => {
    const ended: Partial<EntitlementView>[] = [
      { validUntil: '2026-01-01T00:00:00.000Z' },
      { clockAheadSeconds: 1_000 * 366 * 86_400 },
    ];
    it.each(ended)('which may be ahead, so that it fetches the entitlement until licensing agrees: %j', async (end) => {
      const entitlements = await cached();
      answers = (accountId) => ({ ...entitlement, ...end, accountId });
      expect((await entitlements.get(id(1))).state).toBe('active');
      answers = (accountId) => ({ ...entitlement, ...end, accountId, state: 'expired' });
      expect((await entitlements.get(id(1))).state).toBe('expired');
      expect((await entitlements.get(id(1))).state).toBe('expired');
      expect(asked).toEqual([id(1), id(1)]);
    });

    it('which may be behind', async () => {
      const entitlements = await cached();
      answers = (accountId) => ({ ...entitlement, accountId, state: 'expired' });
      expect((await entitlements.get(id(1))).state).toBe('expired');
    });

    it('and follows an event that makes it work again', async () => {
      const entitlements = await cached();
      answers = (accountId) => ({ ...entitlement, ...ended[0], accountId, state: 'expired' });
      await entitlements.get(id(1));
      await told(entitlementChanged, id(1), 6, changed);
      await eventually(async () => expect((await entitlements.get(id(1))).state).toBe('active'));
      expect(asked).toEqual([id(1)]);
    });
  });

  it('fetches an entitlement again when it is too old', async () => {
    const entitlements = await cached({ maxAge: 0 });
    await entitlements.get(id(1));
    await entitlements.get(id(1));
    expect(asked).toEqual([id(1), id(1)]);
  });

  it('keeps no more than the maximum number of accounts', async () => {
    const entitlements = await cached({ maxAccounts: 2 });
    for (const n of [1, 2, 3, 2, 3, 1]) await entitlements.get(id(n));
    expect(asked).toEqual([1, 2, 3, 1].map(id));
  });

  it('does not cache a refusal', async () => {
    const entitlements = await cached();
    answers = () => {
      throw refuse('not_found', 'There is no such account.');
    };
    await expect(entitlements.get(id(1))).rejects.toMatchObject({ code: 'not_found' });
    answers = (accountId) => ({ ...entitlement, accountId });
    expect((await entitlements.get(id(1))).left).toBe(400);
  });

  it('is cleared by an unreadable event', async () => {
    const entitlements = await cached();
    await entitlements.get(id(1));
    (await nats.connect('licensing')).publish(eventSubject(useChanged, organizationId), 'no JSON');
    await eventually(async () => {
      await entitlements.get(id(1));
      expect(asked).toEqual([id(1), id(1)]);
    });
  });

  it('is not available to a user who may not receive the events', async () =>
    expect(cachedEntitlements(await nats.connect('notifications'), 'notifications')).rejects.toThrow(
      'Permissions Violation',
    ));

  it('fetches an entitlement again after a disconnect, since events may have been missed', async () => {
    // A request over the connection that breaks reaches nobody.
    const entitlements = await cached({ timeout: 5_000 });
    await entitlements.get(id(1));
    await nats.down();
    await nats.up();
    answers = (accountId) => ({ ...entitlement, accountId, used: 499, left: 1 });
    await eventually(async () => expect((await entitlements.get(id(1))).left).toBe(1));
  });
});

describe('a patient client', () => {
  it('retries while nobody answers, until somebody does', async () => {
    const own = await testNats();
    const ingestion = client(await own.connect('ingestion'), 'ingestion', { timeout: 60_000, patient: true });
    const answer = ingestion.ask(getEntitlement, { accountId: id(1) });
    await expect(
      client(await own.connect('ingestion'), 'ingestion').ask(getEntitlement, { accountId: id(1) }),
    ).rejects.toMatchObject({ code: 'unavailable' });
    await own.answer(getEntitlement, ({ accountId }) => ({ ...entitlement, accountId }));
    expect((await answer).left).toBe(400);
    await own.close();
  });

  it('gives up at its deadline', async () => {
    const own = await testNats();
    const ingestion = client(await own.connect('ingestion'), 'ingestion', { timeout: 120, patient: true });
    // At its last retry there may be no time left to learn that nobody is there.
    await expect(ingestion.ask(getEntitlement, { accountId: id(1) })).rejects.toMatchObject({
      code: expect.stringMatching(/^(unavailable|timeout)$/),
    });
    await own.close();
  });

  it('does not retry after a refusal', async () => {
    answers = () => {
      throw refuse('not_found', 'There is no such account.');
    };
    const ingestion = client(await nats.connect('ingestion'), 'ingestion', { patient: true });
    await expect(ingestion.ask(getEntitlement, { accountId: id(1) })).rejects.toMatchObject({ code: 'not_found' });
    expect(asked).toEqual([id(1)]);
  });
});
