import { PreparedStatements } from './prepared.js';

it('statements beyond the limit of a connection are sent unprepared, and prepared ones stay', () => {
  const prepared = PreparedStatements.of({});
  const say = (column: number) => prepared.say(`select ${column} + ?`, ['7'], 'licensing');
  for (let column = 0; column < 500; column += 1) expect(say(column)).toHaveLength(2);
  expect(say(500)).toEqual(['select 500 + 7']);
  expect(say(500)).toEqual(['select 500 + 7']);
  expect(say(0)).toEqual(['execute tenure_0(7)']);
});
