import { readExpression } from './expression.js';

it('an expression selects samples by metric and labels, and groups them', () =>
  expect(readExpression('max by (job) (a{b="c"}) > 5 and sum(rate(d{e=~"f|g", h!=""}[5m])) == 0')).toEqual({
    selectors: [
      { metric: 'a', matchers: [{ label: 'b', operator: '=', value: 'c' }] },
      {
        metric: 'd',
        matchers: [
          { label: 'e', operator: '=~', value: 'f|g' },
          { label: 'h', operator: '!=', value: '' },
        ],
      },
    ],
    by: ['job'],
  }));

it.each(['max by (job (a)', 'a{b=c}', 'rate(a[5m]) >', 'a and'])('%s is not an expression', (text) =>
  expect(() => readExpression(text)).toThrow('is not a PromQL expression'),
);
