import { rebuildContracts, type AnswerOf, type Client } from '@tenure/contracts';
import { rebuild } from './rebuild.js';

/** Accounts that answers batch by batch; each takes a second and a half. */
function answering(parts: AnswerOf<typeof rebuildContracts>[]) {
  const asked: unknown[] = [];
  const operator = {
    ask(message: unknown, body: unknown) {
      expect(message).toBe(rebuildContracts);
      asked.push(body);
      const part = parts[asked.length - 1];
      return part ? Promise.resolve(part) : Promise.reject(new Error('Nobody answers accounts.contract.rebuild.'));
    },
  } as unknown as Client;
  return { asked, operator, now: () => asked.length * 1_500 };
}
const [first, second] = ['01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-000000000002'];

it('goes through all accounts, and reports its progress and how many were mended', async () => {
  const { asked, operator, now } = answering([
    { read: 1, mended: 0, next: first! },
    { read: 500, mended: 3, next: second! },
    { read: 733, mended: 1, next: null },
  ]);
  const lines: string[] = [];
  expect(await rebuild(operator, (line) => lines.push(line), { now })).toEqual({ read: 1_234, mended: 4 });
  expect(asked.map((body) => (body as { after: string | null }).after)).toEqual([null, first, second]);
  expect(lines).toEqual([
    '… 1 account read from licensing, 0 mended',
    '… 501 accounts read from licensing, 3 mended',
    '1,234 accounts read from licensing, 4 mended, in 4.5 s',
  ]);
});

it('fails with the refusal, after reporting its progress', async () => {
  const { operator, now } = answering([{ read: 500, mended: 2, next: first! }]);
  const lines: string[] = [];
  await expect(rebuild(operator, (line) => lines.push(line), { now })).rejects.toThrow('Nobody answers');
  expect(lines).toEqual(['… 500 accounts read from licensing, 2 mended']);
});
