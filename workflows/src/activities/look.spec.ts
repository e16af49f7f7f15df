import { refuse, requestManyNotices, type Client, type ErrorCode } from '@tenure/contracts';
import type { DueMoment, Timeline } from '../workflow/due-moments.js';
import { look } from './look.js';

const accountId = '0198c2f4-0000-7000-8000-00000000000a';
const asOf = '2027-11-17T08:00:00.000Z';

function due(kind: string, over: Partial<DueMoment> = {}): DueMoment {
  const key = `${accountId}/1/${kind}`;
  return {
    moment: { key, termNumber: 1, kind, at: asOf, status: 'planned', reason: null },
    action: 'send',
    reason: null,
    ...over,
  };
}

/** Licensing says that this is due; notifications stores what it is asked, or answers with this code for each. */
function services(moments: DueMoment[], { out, refused }: { out?: ErrorCode; refused?: string } = {}) {
  const stored: object[] = [];
  const timeline = { organizationId: '0198c2f4-0000-7000-8000-00000000000b', due: moments } as Timeline;
  const ask = async (message: { name: string }, body: { asks: { key: string }[] }) => {
    if (message.name !== requestManyNotices.name) return timeline;
    if (out !== undefined) throw refuse(out, 'It does not answer');
    stored.push(...body.asks.filter(({ key }) => key !== refused));
    return { items: body.asks.map(({ key }) => (key === refused ? { problem: {} } : { answer: {} })) };
  };
  return { stored, timeline, client: { ask } as unknown as Client };
}
const lookAt = (client: Client, told: string[] = []) =>
  look(client, { accountId, asOf, told }, performance.now() + 1_000);

describe('a look', () => {
  it('has the reminders stored that are due, skipped ones with their reason, and says which', async () => {
    const { client, stored, timeline } = services([due('P1M', { action: 'skip', reason: 'superseded' }), due('P7D')]);
    expect(await lookAt(client)).toEqual({ ...timeline, told: [`${accountId}/1/P1M`, `${accountId}/1/P7D`] });
    expect(stored).toEqual([
      expect.objectContaining({ key: `${accountId}/1/P1M`, kind: 'reminder', offset: 'P1M', skip: 'superseded' }),
      expect.objectContaining({ key: `${accountId}/1/P7D`, kind: 'reminder', offset: 'P7D', skip: null, dueAt: asOf }),
    ]);
  });

  it('leaves the expiry to the workflow: it is recorded before it is told', async () => {
    const { client, stored } = services([due('P0D', { action: 'skip', reason: 'expired' }), due('expired')]);
    expect((await lookAt(client)).told).toEqual([`${accountId}/1/P0D`]);
    expect(stored).toHaveLength(1);
  });

  it('asks for nothing that is stored', async () => {
    const { client, stored } = services([due('P1M'), due('P7D')]);
    expect((await lookAt(client, [`${accountId}/1/P1M`, `${accountId}/1/P7D`])).told).toEqual([]);
    expect(stored).toEqual([]);
  });

  it('of a workflow that says nothing of what is told, as a release ago, asks for all that is due', async () => {
    const { client } = services([due('P7D')]);
    const asked = look(client, { accountId, asOf }, performance.now() + 1_000);
    expect((await asked).told).toEqual([`${accountId}/1/P7D`]);
  });

  it.each<ErrorCode>(['unavailable', 'timeout', 'invalid'])(
    'says what is due when notifications answers %s, and leaves it to the workflow',
    async (out) => {
      const { client, timeline } = services([due('P7D')], { out });
      expect(await lookAt(client)).toEqual({ ...timeline, told: [] });
    },
  );

  it('leaves one that is refused to the workflow, and no other', async () => {
    const { client } = services([due('P1M'), due('P7D')], { refused: `${accountId}/1/P1M` });
    expect((await lookAt(client)).told).toEqual([`${accountId}/1/P7D`]);
  });
});
