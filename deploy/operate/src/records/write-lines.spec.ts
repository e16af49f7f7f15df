import { writeLines } from './write-lines.js';

it.each(['a\nb', 'a\rb', 'a\r\nb'])('%j stays in one cell: a line break is quoted, whichever it is', (comment) =>
  expect(
    writeLines([
      ['line', 'comment'],
      ['2', comment],
    ]),
  ).toBe(`line,comment\r\n2,"${comment}"\r\n`),
);
