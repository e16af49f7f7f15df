import { readExpression } from './expression.js';
import { missingFrom, samplesIn } from './samples.js';

const samples = samplesIn('# HELP a A.\n# TYPE a gauge\na{kind="new",of="x y"} 1\na{kind="old",of="z"} 0\nb 2.5e-3\n');

it('samples are parsed into metric and labels', () =>
  expect(samples).toEqual([
    { metric: 'a', labels: { kind: 'new', of: 'x y' } },
    { metric: 'a', labels: { kind: 'old', of: 'z' } },
    { metric: 'b', labels: {} },
  ]));

it.each([
  ['max by (kind) (a{kind=~"new|old",of!="z"}) > b', []],
  ['sum by (job) (up) == 0', []],
  ['c > 0', ['c']],
  ['a{kind=~"new|newer"}', ['a{kind="newer"}']],
  ['a{kind="older"}', ['a{kind="older"}']],
  ['a{sort!~"x"}', ['a{sort="…"}']],
  ['sum by (job, sort) (a)', ['by (sort)']],
])('for %s, %j is missing', (text, missing) => expect(missingFrom(samples, readExpression(text))).toEqual(missing));
