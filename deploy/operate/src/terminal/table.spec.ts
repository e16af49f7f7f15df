import { tableOf } from './table.js';

it('a table has no control characters, which a terminal would execute, and its columns stay in line', () =>
  expect(
    tableOf([
      ['x\u001b[31m@partner.example', 'Ana'],
      ['ben@partner.example', 'Ben\n'],
    ]),
  ).toEqual(['x [31m@partner.example  Ana', 'ben@partner.example     Ben']));
