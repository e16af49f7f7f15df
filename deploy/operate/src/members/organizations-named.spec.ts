import { organizationsNamed } from './organizations-named.js';

const solar = { name: 'Solar Partner' };

describe('the organization that a person means', () => {
  it.each(['Solar Partner', 'solar partner', '  SOLAR Partner '])('is found by "%s"', (typed) =>
    expect(organizationsNamed([solar], typed)).toEqual([solar]),
  );

  it('is the exact match if two names differ only by case', () => {
    const other = { name: 'solar partner' };
    expect(organizationsNamed([solar, other], 'solar partner')).toEqual([other]);
  });

  it('is not one whose name only starts with the text', () => expect(organizationsNamed([solar], 'Solar')).toEqual([]));
});
