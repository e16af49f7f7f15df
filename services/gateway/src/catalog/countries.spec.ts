import { countries } from './countries.js';

it('every country that an account can be in is offered once, by its code, with its zones', () => {
  const codes = countries.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].toSorted());
  expect(codes.length).toBeGreaterThan(240);
  expect(countries).toContainEqual({ code: 'ES', timeZones: ['Africa/Ceuta', 'Atlantic/Canary', 'Europe/Madrid'] });
  // Nobody lives there.
  expect(codes).not.toContain('BV');
  expect(countries.filter(({ timeZones }) => timeZones.length === 0)).toEqual([]);
});
