import { blocksOf } from './blocks.js';

const page = (...lines: string[]) => blocksOf('page', `${lines.join('\n')}\n`);

it('what is fenced as shell is typed, and nothing else', () =>
  expect(page('Text', '```sh', 'one', 'two', '```', '```', 'a query', '```', '```sh', 'three', '```')).toEqual([
    { page: 'page', text: 'one\ntwo\n' },
    { page: 'page', text: 'three\n' },
  ]));

it('a comment says by which spec a block is run, or why it cannot be', () =>
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

it('a comment that names no title is refused', () =>
  expect(() => page('<!-- run by: somebody -->', '```sh', 'one', '```')).toThrow(
    'Who runs it? "somebody" names no spec and title.',
  ));
