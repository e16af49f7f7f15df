import { QueryObserver, type QueryFunctionContext } from '@tanstack/react-query';
import { NoAnswer, Refusal } from './problem.js';
import { makeQueryClient, retryInterval } from './query-client.js';

const queryKey = ['account', 'a'] as const;
const settled = () => new Promise((resolve) => void setTimeout(resolve));

/** A page that shows something, and the requests it sent; the test decides when each is answered. */
function aPage(mayBeCancelled = false) {
  const queries = makeQueryClient();
  const answers: ((value: string | Error) => void)[] = [];
  const queryFn = (context: QueryFunctionContext) => {
    if (mayBeCancelled) void context.signal;
    return new Promise<string>((resolve, reject) => {
      answers.push((value) => (value instanceof Error ? reject(value) : resolve(value)));
    });
  };
  const shown: unknown[] = [];
  const open = () => {
    const page = new QueryObserver(queries, { queryKey, queryFn, retry: false });
    return page.subscribe(({ data }) => void (data !== shown.at(-1) && shown.push(data)));
  };
  const answer = async (value: string | Error) => {
    answers.at(-1)!(value);
    await settled();
  };
  const invalidate = () => queries.invalidateQueries({ queryKey: ['account'] });
  return { queries, answers, shown, open, answer, invalidate };
}

describe('data that changes while it is being fetched', () => {
  it('for the first time is refetched after the answer, which may be from before the change', async () => {
    const { answers, shown, open, answer, invalidate } = aPage();
    const leave = open();
    void invalidate();
    await answer('before');
    expect(answers.length).toBe(2);
    await answer('after');
    expect([answers.length, shown]).toEqual([2, ['before', 'after']]);
    leave();
  });

  it('is refetched once, however often it changes; no request is canceled, or a slow answer would never arrive', async () => {
    const { answers, shown, open, answer, invalidate } = aPage(true);
    const leave = open();
    await answer('first');
    for (const _ of ['once', 'twice', 'thrice']) void invalidate();
    expect(answers.length).toBe(2);
    await answer('second');
    expect([answers.length, shown]).toEqual([3, ['first', 'second']]);
    await answer('third');
    expect([answers.length, shown]).toEqual([3, ['first', 'second', 'third']]);
    leave();
  });

  it.each([
    ['was answered all the same', false, ['before', 'after']],
    ['was canceled', true, ['first', 'after']],
  ])('is refetched when the reader returns to the page, if its request %s', async (_, mayBeCancelled, then) => {
    const { queries, answers, shown, open, answer, invalidate } = aPage(mayBeCancelled);
    const leave = open();
    await answer('first');
    void queries.refetchQueries({ queryKey });
    void invalidate();
    leave();
    await answer('before');
    shown.length = 0;
    const leaveAgain = open();
    await settled();
    expect(answers.length).toBe(3);
    await answer('after');
    expect(shown).toEqual(then);
    leaveAgain();
  });

  it('is refetched if the request failed', async () => {
    const { queries, answers, shown, open, answer, invalidate } = aPage();
    const leave = open();
    await answer('first');
    void queries.refetchQueries({ queryKey });
    void invalidate();
    await answer(new NoAnswer());
    expect(answers.length).toBe(3);
    await answer('after');
    expect(shown).toEqual(['first', 'after']);
    leave();
  });
});

describe('data that could not be refetched', () => {
  const state = (data: unknown, error: Error | null) => retryInterval({ state: { data, error } } as never);
  const refused = new Refusal({ type: 'about:blank', title: 'No', status: 403, code: 'forbidden' } as never, null);
  const tooMany = new Refusal({ type: 'about:blank', title: 'No', status: 429, code: 'too_many_requests' }, null);
  it.each([
    ['is fetched again ten seconds later if it is shown', 'shown', new NoAnswer(), 10_000],
    ['is also fetched again ten seconds later if there were too many requests', 'shown', tooMany, 10_000],
    ['is not fetched again if nothing is shown: the page reports the failure', undefined, new NoAnswer(), false],
    ['is not fetched again after a refusal', 'shown', refused, false],
    ['is not fetched again once it was answered', 'shown', null, false],
  ])('%s', (_, data, error, after) => expect(state(data, error)).toBe(after));
});

it('a request without an answer is retried twice with backoff; a refusal is an answer', () => {
  const { retry, retryDelay } = makeQueryClient().getDefaultOptions().queries as {
    retry: (failures: number, error: Error) => boolean;
    retryDelay: (attempt: number) => number;
  };
  const refusal = new Refusal({ type: 'x', code: 'not_found', title: 'x', status: 404 }, null);
  expect([0, 1, 2].map((failures) => retry(failures, new NoAnswer()))).toEqual([true, true, false]);
  expect(retry(0, refusal)).toBe(false);
  expect([0, 1].map(retryDelay)).toEqual([500, 1_000]);
});
