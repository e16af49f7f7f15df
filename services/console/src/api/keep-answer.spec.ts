import { QueryObserver } from '@tanstack/react-query';
import { keepAnswer } from './keep-answer.js';
import { makeQueryClient } from './query-client.js';

/** A page that shows something, and what was asked for, each to be answered when a test says so. */
function aPage() {
  const queries = makeQueryClient();
  const answers: ((value: string) => void)[] = [];
  const queryKey = ['domain'] as const;
  const queryFn = () => new Promise<string>((resolve) => void answers.push(resolve));
  const shown: unknown[] = [];
  const page = new QueryObserver(queries, { queryKey, queryFn });
  const leave = page.subscribe(({ data }) => void (data !== shown.at(-1) && shown.push(data)));
  return { queries, queryKey, answers, shown, leave };
}

const settled = () => new Promise((resolve) => void setTimeout(resolve));

it.each([
  ['for the first time', []],
  ['again', ['first']],
] as const)('what was asked for %s and is answered later does not take the place of an answer', async (_, before) => {
  const { queries, queryKey, answers, shown, leave } = aPage();
  for (const value of before) {
    answers.at(-1)!(value);
    await settled();
    void queries.invalidateQueries({ queryKey });
  }
  const outdated = answers.at(-1)!;
  keepAnswer(queries, queryKey, 'answer');
  outdated('outdated');
  await settled();
  expect(shown).toEqual([...before, 'answer']);
  answers.at(-1)!('since then');
  await settled();
  expect(shown).toEqual([...before, 'answer', 'since then']);
  leave();
});

it('what no page shows is not asked for', async () => {
  const { queries, queryKey, answers, leave } = aPage();
  leave();
  answers.at(-1)!('first');
  await settled();
  keepAnswer(queries, queryKey, 'answer');
  await settled();
  expect([answers.length, queries.getQueryData(queryKey)]).toEqual([1, 'answer']);
});

it('what was asked for by a page that was left, and is answered later, does not take its place either', async () => {
  const { queries, queryKey, answers, leave } = aPage();
  answers.at(-1)!('first');
  await settled();
  void queries.refetchQueries({ queryKey });
  leave();
  keepAnswer(queries, queryKey, 'answer');
  answers.at(-1)!('outdated');
  await settled();
  expect(queries.getQueryData(queryKey)).toBe('answer');
});
