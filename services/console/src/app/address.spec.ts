import { createMemoryHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { readDecidedSearch } from '../customer-success/decided-search.js';
import { only, parseAddress, readDay, readId, readSearchText, writeAddress } from './address.js';

it.each([
  ['2026-02-28', '2026-02-28'],
  ['2028-02-29', '2028-02-29'],
  ['0001-01-01', '0001-01-01'],
  ['2026-02-29', undefined],
  ['0000-01-01', undefined],
  ['12026-01-01', undefined],
  ['2026-1-1', undefined],
  ['2026-01-01T00:00', undefined],
  [20260101, undefined],
])('reads %j as the day %j', (value, day) => expect(readDay(value)).toBe(day));

const id = '01900000-0000-7000-8000-0000000000a1';
it.each([
  [id, id],
  [id.slice(0, -1), undefined],
  [`${id}0`, undefined],
  ['none', undefined],
  [undefined, undefined],
])('reads %j as the id %j', (value, read) => expect(readId(value)).toBe(read));

it.each([
  [' Sol y mar ', 'Sol y mar'],
  ['ñ'.repeat(101), 'ñ'.repeat(100)],
  ['Sol\0', 'Sol'],
  [' ', undefined],
  [undefined, undefined],
])('reads %j as the search text %j, without what the API would refuse', (value, read) =>
  expect(readSearchText(value)).toBe(read),
);

it('search parameters that a page does not read are dropped', () => {
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: 'decided', validateSearch: only(readDecidedSearch) });
  const address = '/decided?state=nonsense&text=sol&from=12026-01-01&organization=0190&other=1';
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: [address] }),
    parseSearch: parseAddress,
    stringifySearch: writeAddress,
  });
  expect(router.matchRoutes(router.latestLocation).at(-1)!.search).toEqual({ text: 'sol' });
});
