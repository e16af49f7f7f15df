import { QueryObserver } from '@tanstack/react-query';
import type { ApplicationView } from '@tenure/contracts';
import { keepAnswer, keepApplication } from './keep-answer.js';
import { applicationQuery } from './queries.js';
import { makeQueryClient } from './query-client.js';

/** A page that shows something, and the requests it sent; the test decides when each is answered. */
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
  ['the first one', []],
  ['a refetch', ['first']],
] as const)('a request sent earlier (%s) and answered later does not replace a kept answer', async (_, before) => {
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

it('data that no page shows is not fetched', async () => {
  const { queries, queryKey, answers, leave } = aPage();
  leave();
  answers.at(-1)!('first');
  await settled();
  keepAnswer(queries, queryKey, 'answer');
  await settled();
  expect([answers.length, queries.getQueryData(queryKey)]).toEqual([1, 'answer']);
});

it('a request of a page that was left, answered later, does not replace it either', async () => {
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

it('an answer replaces the data of exactly its key', async () => {
  const { queries, queryKey, leave } = aPage();
  queries.setQueryData(['domain', 'records'], 'records');
  queries.setQueryData(['sector'], 'sector');
  keepAnswer(queries, queryKey, 'answer');
  const outdated = queries.getQueryCache().findAll({ predicate: ({ state }) => state.isInvalidated });
  expect(outdated.map((query) => query.queryKey)).toEqual([queryKey]);
  leave();
});

it('an answered application is shown, and everything else that may show it becomes stale', () => {
  const queries = makeQueryClient();
  const keys = [['applications', {}], ['accounts', {}], ['account', 'a'], ['sectors']];
  for (const key of keys) queries.setQueryData(key, 'before');
  const application = { applicationId: 'an-application' } as ApplicationView;
  keepApplication(queries, application);
  expect(queries.getQueryData(applicationQuery('an-application').queryKey)).toBe(application);
  expect(keys.filter((key) => queries.getQueryState(key)?.isInvalidated)).toEqual(keys.slice(0, 3));
});
