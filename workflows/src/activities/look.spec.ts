import {
  getManyTimelines,
  problem,
  refuse,
  requestManyNotices,
  type Client,
  type ErrorCode,
  type Problem,
} from '@tenure/contracts';
import type { DueMoment, Timeline } from '../workflow/due-moments.js';
import { lookAtMany, Looks } from './look.js';

const accountId = '0198c2f4-0000-7000-8000-00000000000a';
const another = '0198c2f4-0000-7000-8000-00000000000c';
const asOf = '2027-11-17T08:00:00.000Z';

function due(kind: string, over: Partial<DueMoment> = {}, of = accountId): DueMoment {
  const key = `${of}/1/${kind}`;
  return {
    moment: { key, termNumber: 1, kind, at: asOf, status: 'planned', reason: null },
    action: 'send',
    reason: null,
    ...over,
  };
}

/** Licensing says what is due of each account; notifications stores what it is asked, or answers with this code for each. */
function services(
  moments: Record<string, DueMoment[] | Problem>,
  { away, out, refused }: { away?: ErrorCode; out?: ErrorCode; refused?: string } = {},
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
const lookAt = (client: Client, told: string[] = []) => new Looks(client, 1_000).together({ accountId, asOf, told });

describe('a look', () => {
  it('has the reminders stored that are due, skipped ones with their reason, and says which', async () => {
    const { client, stored, timeline } = services({
      [accountId]: [due('P1M', { action: 'skip', reason: 'superseded' }), due('P7D')],
    });
    expect(await lookAt(client)).toEqual({ ...timeline, told: [`${accountId}/1/P1M`, `${accountId}/1/P7D`] });
    expect(stored).toEqual([
      expect.objectContaining({ key: `${accountId}/1/P1M`, kind: 'reminder', offset: 'P1M', skip: 'superseded' }),
      expect.objectContaining({ key: `${accountId}/1/P7D`, kind: 'reminder', offset: 'P7D', skip: null, dueAt: asOf }),
    ]);
  });

  it('leaves the expiry to the workflow: it is recorded before it is told', async () => {
    const { client, stored } = services({
      [accountId]: [due('P0D', { action: 'skip', reason: 'expired' }), due('expired')],
    });
    expect((await lookAt(client)).told).toEqual([`${accountId}/1/P0D`]);
    expect(stored).toHaveLength(1);
  });

  it('asks for nothing that is stored', async () => {
    const { client, stored } = services({ [accountId]: [due('P1M'), due('P7D')] });
    expect((await lookAt(client, [`${accountId}/1/P1M`, `${accountId}/1/P7D`])).told).toEqual([]);
    expect(stored).toEqual([]);
  });

  it('of a workflow that says nothing of what is told, as a release ago, asks for all that is due', async () => {
    const { client } = services({ [accountId]: [due('P7D')] });
    const looked = new Looks(client, 1_000).alone({ accountId, asOf }, 1_000);
    expect((await looked).told).toEqual([`${accountId}/1/P7D`]);
  });

  it.each<ErrorCode>(['unavailable', 'timeout', 'invalid'])(
    'says what is due when notifications answers %s, and leaves it to the workflow',
    async (out) => {
      const { client, timeline } = services({ [accountId]: [due('P7D')] }, { out });
      expect(await lookAt(client)).toEqual({ ...timeline, told: [] });
    },
  );

  it('leaves one that is refused to the workflow, and no other', async () => {
    const { client } = services({ [accountId]: [due('P1M'), due('P7D')] }, { refused: `${accountId}/1/P1M` });
    expect((await lookAt(client)).told).toEqual([`${accountId}/1/P7D`]);
  });

  it.each<ErrorCode>(['unavailable', 'timeout'])('fails when licensing answers %s', async (away) => {
    const { client } = services({ [accountId]: [due('P7D')] }, { away });
    await expect(lookAt(client)).rejects.toMatchObject({ code: away });
  });
});

describe('looks that come together', () => {
  it('cost licensing and notifications one message each, and each says what is its own', async () => {
    const { client, asked } = services({ [accountId]: [due('P7D')], [another]: [due('P1M', {}, another)] });
    const looks = new Looks(client, 1_000);
    const [one, other] = await Promise.all([accountId, another].map((id) => looks.together({ accountId: id, asOf })));
    expect([one!.told, other!.told]).toEqual([[`${accountId}/1/P7D`], [`${another}/1/P1M`]]);
    expect(asked).toEqual([`${getManyTimelines.name} 2`, `${requestManyNotices.name} 2`]);
  });

  it('do not fail with one that is refused', async () => {
    const { client } = services({
      [accountId]: [due('P7D')],
      [another]: problem('not_found', 'No such account.'),
    });
    const looks = new Looks(client, 1_000);
    const [one, other] = await Promise.allSettled(
      [accountId, another].map((id) => looks.together({ accountId: id, asOf })),
    );
    expect(one).toMatchObject({ status: 'fulfilled', value: { told: [`${accountId}/1/P7D`] } });
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'not_found' } });
  });

  it('have all that is due stored, however much of it: no message asks for more than a hundred', async () => {
    const ids = Array.from({ length: 60 }, (_, number) => `account ${number}`);
    const { client, asked, stored } = services(
      Object.fromEntries(ids.map((id) => [id, [due('P1M', {}, id), due('P7D', {}, id)]])),
    );
    const looked = await lookAtMany(
      client,
      ids.map((id) => ({ accountId: id, asOf })),
      1_000,
    );
    expect(looked.map((one) => ('answer' in one ? one.answer.told!.length : 0))).toEqual(ids.map(() => 2));
    expect(stored).toHaveLength(120);
    expect(asked).toEqual([
      `${getManyTimelines.name} 60`,
      `${requestManyNotices.name} 100`,
      `${requestManyNotices.name} 20`,
    ]);
  });
});
