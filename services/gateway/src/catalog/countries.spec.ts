import { countries } from './countries.js';

it('lists every country that an account can be in once, by its code, with its zones', () => {
  const codes = countries.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].toSorted());
  expect(codes.length).toBeGreaterThan(240);
  expect(countries).toContainEqual({ code: 'ES', timeZones: ['Africa/Ceuta', 'Atlantic/Canary', 'Europe/Madrid'] });
  // Uninhabited.
  expect(codes).not.toContain('BV');
  expect(countries.filter(({ timeZones }) => timeZones.length === 0)).toEqual([]);
});
