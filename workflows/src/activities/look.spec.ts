import {
  getManyTimelines,
  problem,
  refuse,
  requestManyNotices,
  type Client,
  type ErrorCode,
  type MomentKind,
  type Problem,
} from '@tenure/contracts';
import type { DueMoment, Timeline } from '../workflow/due-moments.js';
import { batched } from './batched.js';
import { lookAtMany, type Look, type LookAsked } from './look.js';

const accountId = '0198c2f4-0000-7000-8000-00000000000a';
const another = '0198c2f4-0000-7000-8000-00000000000c';
const asOf = '2027-11-17T08:00:00.000Z';

function due(kind: MomentKind, over: Partial<DueMoment> = {}, of = accountId): DueMoment {
  const key = `${of}/1/${kind}`;
  return {
    moment: { key, termNumber: 1, kind, at: asOf, status: 'planned', reason: null },
    action: 'send',
    reason: null,
    ...over,
  };
}

/**
 * Licensing answers what is due for each account; notifications stores the requests, or answers each with this error
 * code.
 */
function services(
  moments: Record<string, DueMoment[] | Problem>,
  { away, malformed, out, refused }: { away?: ErrorCode; malformed?: string; out?: ErrorCode; refused?: string } = {},
) {
  const stored: object[] = [];
  const asked: string[] = [];
  const timelineOf = (id: string) =>
    ({ organizationId: '0198c2f4-0000-7000-8000-00000000000b', due: moments[id] }) as Timeline;
  const timeline = timelineOf(accountId);
  const ask = async (message: { name: string }, { asks }: { asks: { key: string; accountId: string }[] }) => {
    asked.push(`${message.name} ${asks.length}`);
    if (message.name === getManyTimelines.name) {
      if (away !== undefined) throw refuse(away, 'It does not answer');
      if (asks.some((one) => one.accountId === malformed)) throw refuse('invalid', 'It is not an account.');
      const items = asks.map((one) => {
        const found = moments[one.accountId]!;
        return Array.isArray(found) ? { answer: timelineOf(one.accountId) } : { problem: found };
      });
      return { items };
    }
    if (out !== undefined) throw refuse(out, 'It does not answer');
    stored.push(...asks.filter(({ key }) => key !== refused));
    return { items: asks.map(({ key }) => (key === refused ? { problem: {} } : { answer: {} })) };
  };
  return { asked, stored, timeline, client: { ask } as unknown as Client };
}
const looks = (client: Client) => batched<LookAsked, Look>((asks, timeout) => lookAtMany(client, asks, timeout));
const lookAt = (client: Client, told: string[] = []) => looks(client)({ accountId, asOf, told }, 'local');

describe('a look', () => {
  it('stores the reminders that are due, skipped ones with their reason, and reports which', async () => {
    const { client, stored, timeline } = services({
      [accountId]: [due('P1M', { action: 'skip', reason: 'superseded' }), due('P7D')],
    });
    expect(await lookAt(client)).toEqual({ ...timeline, told: [`${accountId}/1/P1M`, `${accountId}/1/P7D`] });
    expect(stored).toEqual([
      expect.objectContaining({ key: `${accountId}/1/P1M`, kind: 'reminder', offset: 'P1M', skip: 'superseded' }),
      expect.objectContaining({ key: `${accountId}/1/P7D`, kind: 'reminder', offset: 'P7D', skip: null, dueAt: asOf }),
    ]);
  });

  it('leaves the expiry to the workflow: it is recorded before it is announced', async () => {
    const { client, stored } = services({
      [accountId]: [due('P0D', { action: 'skip', reason: 'expired' }), due('expired')],
    });
    expect((await lookAt(client)).told).toEqual([`${accountId}/1/P0D`]);
    expect(stored).toHaveLength(1);
  });

  it('requests nothing that is already stored', async () => {
    const { client, stored } = services({ [accountId]: [due('P1M'), due('P7D')] });
    expect((await lookAt(client, [`${accountId}/1/P1M`, `${accountId}/1/P7D`])).told).toEqual([]);
    expect(stored).toEqual([]);
  });

  it('requests all that is due for a workflow of the previous release, which does not say what is stored', async () => {
    const { client } = services({ [accountId]: [due('P7D')] });
    const looked = await looks(client)({ accountId, asOf }, 'ordinary');
    expect(looked.told).toEqual([`${accountId}/1/P7D`]);
  });

  it.each<ErrorCode>(['unavailable', 'timeout', 'invalid'])(
    'returns what is due when notifications answers %s, and leaves the notices to the workflow',
    async (out) => {
      const { client, timeline } = services({ [accountId]: [due('P7D')] }, { out });
      expect(await lookAt(client)).toEqual({ ...timeline, told: [] });
    },
  );

  it('leaves a refused notice to the workflow, and no other', async () => {
    const { client } = services({ [accountId]: [due('P1M'), due('P7D')] }, { refused: `${accountId}/1/P1M` });
    expect((await lookAt(client)).told).toEqual([`${accountId}/1/P7D`]);
  });

  it.each<ErrorCode>(['unavailable', 'timeout'])('fails when licensing answers %s', async (away) => {
    const { client } = services({ [accountId]: [due('P7D')] }, { away });
    await expect(lookAt(client)).rejects.toMatchObject({ code: away });
  });
});

describe('batched looks', () => {
  it('cost licensing and notifications one message each, and each look gets its own answer', async () => {
    const { client, asked } = services({ [accountId]: [due('P7D')], [another]: [due('P1M', {}, another)] });
    const look = looks(client);
    const [one, other] = await Promise.all([accountId, another].map((id) => look({ accountId: id, asOf }, 'local')));
    expect([one!.told, other!.told]).toEqual([[`${accountId}/1/P7D`], [`${another}/1/P1M`]]);
    expect(asked).toEqual([`${getManyTimelines.name} 2`, `${requestManyNotices.name} 2`]);
  });

  it('do not fail when one of them is refused', async () => {
    const { client } = services({
      [accountId]: [due('P7D')],
      [another]: problem('not_found', 'There is no such account.'),
    });
    const look = looks(client);
    const [one, other] = await Promise.allSettled(
      [accountId, another].map((id) => look({ accountId: id, asOf }, 'local')),
    );
    expect(one).toMatchObject({ status: 'fulfilled', value: { told: [`${accountId}/1/P7D`] } });
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
  });

  it('do not fail when one of them is malformed', async () => {
    const { client } = services({ [accountId]: [due('P7D')], [another]: [] }, { malformed: another });
    const look = looks(client);
    const ends = await Promise.allSettled([accountId, another].map((id) => look({ accountId: id, asOf }, 'local')));
    expect(ends).toMatchObject([{ value: { told: [`${accountId}/1/P7D`] } }, { reason: { code: 'invalid' } }]);
  });

  it('store everything that is due, with at most a hundred notices per message', async () => {
    const ids = Array.from({ length: 60 }, (_, number) => `account ${number}`);
    const { client, asked, stored } = services(
      Object.fromEntries(ids.map((id) => [id, [due('P1M', {}, id), due('P7D', {}, id)]])),
    );
    const { items } = await lookAtMany(
      client,
      ids.map((id) => ({ accountId: id, asOf })),
      1_000,
    );
    expect(items.map((one) => ('answer' in one ? one.answer.told!.length : 0))).toEqual(ids.map(() => 2));
    expect(stored).toHaveLength(120);
    expect(asked).toEqual([
      `${getManyTimelines.name} 60`,
      `${requestManyNotices.name} 100`,
      `${requestManyNotices.name} 20`,
    ]);
  });
});
