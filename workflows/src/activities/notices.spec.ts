import { problem, refuse, requestManyNotices, requestNotice, type Client } from '@tenure/contracts';
import { batched } from './batched.js';
import { requestNotices, type Notice } from './notices.js';

/** Notifications, which stores what it is asked, except that it refuses this notice or does not answer. */
function notifications({ refused, away = false }: { refused?: string; away?: boolean } = {}) {
  const messages: { name: string; keys: string[]; timeout: number | undefined }[] = [];
  const storeOne = ({ key }: Notice) => {
    if (key === refused) throw refuse('invalid', 'Not this one.');
    return { noticeId: key };
  };
  const ask = async (message: { name: string }, body: Notice & { asks: Notice[] }, options?: { timeout?: number }) => {
    const isOne = message.name === requestNotice.name;
    messages.push({
      name: message.name,
      keys: isOne ? [body.key] : body.asks.map(({ key }) => key),
      timeout: options?.timeout,
    });
    if (away) throw refuse('unavailable', 'Nobody is there.');
    if (isOne) return storeOne(body);
    return {
      items: body.asks.map(({ key }) =>
        key === refused ? { problem: problem('invalid', 'Not this one.') } : { answer: { noticeId: key } },
      ),
    };
  };
  const client = { ask } as unknown as Client;
  return { messages, request: batched((asks: Notice[], timeout) => requestNotices(client, asks, timeout)) };
}

const aNotice = (key: string) => ({ key }) as Notice;
const [one, many] = [requestNotice.name, requestManyNotices.name];

it('a single notice is sent immediately, as a message of its own', async () => {
  const { messages, request } = notifications();
  expect(await request(aNotice('a'), 'local')).toEqual({ noticeId: 'a' });
  expect(messages).toEqual([{ name: one, keys: ['a'], timeout: 2_000 }]);
});

it('notices requested soon after go as one message, and each gets its own answer', async () => {
  const { messages, request } = notifications({ refused: 'c' });
  await request(aNotice('a'), 'local');
  const answers = await Promise.allSettled(['b', 'c', 'd'].map((key) => request(aNotice(key), 'local')));
  expect(answers).toMatchObject([
    { status: 'fulfilled', value: { noticeId: 'b' } },
    { status: 'rejected', reason: { code: 'invalid' } },
    { status: 'fulfilled', value: { noticeId: 'd' } },
  ]);
  expect(messages.slice(1)).toEqual([{ name: many, keys: ['b', 'c', 'd'], timeout: 2_000 }]);
});

it('when nobody answers one batch, all of its notices fail', async () => {
  const { messages, request } = notifications({ away: true });
  const answers = await Promise.allSettled(['a', 'b'].map((key) => request(aNotice(key), 'local')));
  expect(answers).toMatchObject([{ reason: { code: 'unavailable' } }, { reason: { code: 'unavailable' } }]);
  expect(messages).toEqual([{ name: many, keys: ['a', 'b'], timeout: 2_000 }]);
});

it('a retry is sent individually, with its own timeout', async () => {
  const { messages, request } = notifications();
  await request(aNotice('a'), 'local');
  await Promise.all([request(aNotice('b'), 'ordinary'), request(aNotice('c'), 'ordinary')]);
  expect(messages.slice(1)).toEqual([
    { name: one, keys: ['b'], timeout: 9_500 },
    { name: one, keys: ['c'], timeout: 9_500 },
  ]);
});
