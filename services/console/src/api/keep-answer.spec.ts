import { QueryObserver } from '@tanstack/react-query';
import type { ApplicationView } from '@tenure/contracts';
import { keepAnswer, keepApplication } from './keep-answer.js';
import { applicationQuery } from './queries.js';
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

it('an answer takes the place of what was asked for in these words, and of nothing beside it', async () => {
  const { queries, queryKey, leave } = aPage();
  queries.setQueryData(['domain', 'records'], 'records');
  queries.setQueryData(['sector'], 'sector');
  keepAnswer(queries, queryKey, 'answer');
  const outdated = queries.getQueryCache().findAll({ predicate: ({ state }) => state.isInvalidated });
  expect(outdated.map((query) => query.queryKey)).toEqual([queryKey]);
  leave();
});

it('an application that was answered is shown, and all that may show it too is outdated', () => {
  const queries = makeQueryClient();
  const keys = [['applications', {}], ['accounts', {}], ['account', 'a'], ['sectors']];
  for (const key of keys) queries.setQueryData(key, 'before');
  const application = { applicationId: 'an-application' } as ApplicationView;
  keepApplication(queries, application);
  expect(queries.getQueryData(applicationQuery('an-application').queryKey)).toBe(application);
  expect(keys.filter((key) => queries.getQueryState(key)?.isInvalidated)).toEqual(keys.slice(0, 3));
});
