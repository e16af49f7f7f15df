import { noteOfClock } from './clocks.js';

const own = new Date('2026-11-30T09:00:00.000Z');

it.each([
  ['the same', 0, undefined],
  ['a minute ahead', 60_000, undefined],
  ['a minute behind', -60_000, undefined],
  ['further ahead', 60_001, "its clock is 60 seconds ahead of this process's"],
  ['26 hours behind', -93_600_000, "its clock is 93600 seconds behind this process's"],
])("a database's clock that is %s", (_, ahead, note) =>
  expect(noteOfClock(new Date(own.getTime() + ahead), own)).toBe(note),
);
