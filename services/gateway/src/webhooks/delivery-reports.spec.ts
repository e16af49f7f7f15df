import { problem, refuse, type Client } from '@tenure/contracts';
import type { Services } from '@tenure/platform';
import { DeliveryReports, type Report } from './delivery-reports.js';

type Told = { ids: string[]; answer: (items: unknown[]) => void; fail: (error: unknown) => void };

/** What notifications is told, to be answered by the spec. */
function aService() {
  const told: Told[] = [];
  const ask = (_: unknown, { asks }: { asks: Report[] }) =>
    new Promise((resolve, reject) => {
      told.push({
        ids: asks.map(({ reportId }) => reportId),
        answer: (items) => resolve({ items }),
        fail: reject,
      });
    });
  const reports = new DeliveryReports({ ask: ask as Client['ask'] } as Services);
  return { told, record: (reportId: string) => reports.record({ reportId } as Report) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const kept = { answer: { known: true } };

it('reports that come while others are told go as one message, and each hears what became of it', async () => {
  const { told, record } = aService();
  const first = record('a');
  await turn();
  const others = ['b', 'c', 'd'].map(record);
  await turn();
  expect(told.map(({ ids }) => ids)).toEqual([['a']]);
  told[0]!.answer([kept]);
  await first;
  await turn();
  expect(told.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c', 'd']]);
  told[1]!.answer([kept, { problem: problem('internal', 'Not this one') }, kept]);
  expect(await Promise.allSettled(others)).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'internal' } },
    { status: 'fulfilled' },
  ]);
});

it('a message that is not answered is not asked again for each of its reports: they will be sent again', async () => {
  const { told, record } = aService();
  const both = ['a', 'b'].map(record);
  await turn();
  told[0]!.fail(refuse('unavailable', 'Nobody is there'));
  expect(await Promise.allSettled(both)).toMatchObject([
    { status: 'rejected', reason: { code: 'unavailable' } },
    { status: 'rejected', reason: { code: 'unavailable' } },
  ]);
  expect(told).toHaveLength(1);
});

it('a report that is refused for what it is does not take along those that came with it', async () => {
  const { told, record } = aService();
  const all = Promise.allSettled(['a', 'b', 'c'].map(record));
  await turn();
  told[0]!.fail(refuse('malformed', 'The message has text that is not Unicode'));
  for (const index of [1, 2, 3]) {
    await turn();
    if (told[index]!.ids[0] === 'b') told[index]!.fail(refuse('malformed', 'This is it'));
    else told[index]!.answer([kept]);
  }
  expect(told.map(({ ids }) => ids)).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
  expect(await all).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'malformed' } },
    { status: 'fulfilled' },
  ]);
});
