import { problem, refuse } from '@tenure/contracts';
import { BatchedRequests } from './batched-requests.js';

type Items = Awaited<ReturnType<ConstructorParameters<typeof BatchedRequests<string, string>>[0]['askMany']>>['items'];
type Message = { asks: string[]; answer: (items: Items) => void; fail: (error: unknown) => void };

/** Messages that the spec answers. */
function aService() {
  const messages: Message[] = [];
  const together = new BatchedRequests<string, string>({
    askMany: (asks) =>
      new Promise((resolve, reject) => {
        messages.push({ asks, answer: (items) => resolve({ items }), fail: reject });
      }),
    atOnce: 1,
  });
  return { messages, ask: (one: string) => together.ask(one) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const answers = (...texts: string[]) => texts.map((answer) => ({ answer }));

it('requests that arrive while a message is answered share the next one, and each gets its own answer', async () => {
  const { messages, ask } = aService();
  const first = ask('a');
  await turn();
  const others = ['b', 'c', 'd'].map(ask);
  await turn();
  expect(messages.map(({ asks }) => asks)).toEqual([['a']]);
  messages[0]!.answer(answers('A'));
  expect(await first).toBe('A');
  await turn();
  expect(messages.map(({ asks }) => asks)).toEqual([['a'], ['b', 'c', 'd']]);
  messages[1]!.answer([{ answer: 'B' }, { problem: problem('internal', 'Not this one.') }, { answer: 'D' }]);
  expect(await Promise.allSettled(others)).toMatchObject([
    { status: 'fulfilled', value: 'B' },
    { status: 'rejected', reason: { code: 'internal' } },
    { status: 'fulfilled', value: 'D' },
  ]);
});

it('an unanswered message is not sent again for each of its requests', async () => {
  const { messages, ask } = aService();
  const both = ['a', 'b'].map(ask);
  await turn();
  messages[0]!.fail(refuse('unavailable', 'Nobody is there.'));
  expect(await Promise.allSettled(both)).toMatchObject([
    { status: 'rejected', reason: { code: 'unavailable' } },
    { status: 'rejected', reason: { code: 'unavailable' } },
  ]);
  expect(messages).toHaveLength(1);
});

it('a malformed request does not fail the others in its message', async () => {
  const { messages, ask } = aService();
  const all = Promise.allSettled(['a', 'b', 'c'].map(ask));
  await turn();
  messages[0]!.fail(refuse('malformed', 'The message has text that is not Unicode.'));
  for (const index of [1, 2, 3]) {
    await turn();
    const [one] = messages[index]!.asks;
    if (one === 'b') messages[index]!.fail(refuse('malformed', 'This is it.'));
    else messages[index]!.answer(answers(one!.toUpperCase()));
  }
  expect(messages.map(({ asks }) => asks)).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
  expect(await all).toMatchObject([
    { status: 'fulfilled', value: 'A' },
    { status: 'rejected', reason: { code: 'malformed' } },
    { status: 'fulfilled', value: 'C' },
  ]);
});
