import { blocksOf } from './blocks.js';

const page = (...lines: string[]) => blocksOf('page', `${lines.join('\n')}\n`);

it('only fenced shell blocks are typed', () =>
  expect(page('Text', '```sh', 'one', 'two', '```', '```', 'a query', '```', '```sh', 'three', '```')).toEqual([
    { page: 'page', text: 'one\ntwo\n' },
    { page: 'page', text: 'three\n' },
  ]));

it('a comment names the spec that runs a block, or the reason why it cannot be run', () =>
  expect(
    page(
      '<!-- run by: a/b.spec.ts, what it states, and more -->',
      '```sh',
      'one',
      '```',
      '<!-- not run: needs a cluster -->',
      '',
      '```sh',
      'two',
      '```',
    ),
  ).toEqual([
    { page: 'page', text: 'one\n', runBy: { file: 'a/b.spec.ts', title: 'what it states, and more' } },
    { page: 'page', text: 'two\n', notRun: 'needs a cluster' },
  ]));

it('a comment without a title is refused', () =>
  expect(() => page('<!-- run by: somebody -->', '```sh', 'one', '```')).toThrow(
    'The comment "run by: somebody" needs a spec and a title.',
  ));
