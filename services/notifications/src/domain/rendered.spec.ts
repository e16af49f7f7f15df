import { renderedIn } from './rendered.js';

const email = (subject: string) => ({
  from: 'Tenure <notices@tenure.example>',
  to: ['ana@helios.example'],
  subject,
  html: `<p>${subject}</p>`,
  text: subject,
});
const tagged = (subject: string, delivery: string) => ({
  ...email(subject),
  tags: [
    { name: 'kind', value: 'reminder' },
    { name: 'delivery', value: delivery },
  ],
});

it('an e-mail that went alone is found by its tag', () =>
  expect(renderedIn(JSON.stringify(tagged('One', 'a')), 'a')).toEqual(email('One')));

it('of a batch, only the own e-mail is shown', () =>
  expect(renderedIn(JSON.stringify([tagged('One', 'a'), tagged('Two', 'b')]), 'b')).toEqual(email('Two')));

it("another delivery's e-mail is not shown", () =>
  expect(renderedIn(JSON.stringify(tagged('One', 'a')), 'b')).toBeNull());
