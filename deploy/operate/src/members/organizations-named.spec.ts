import { organizationsNamed } from './organizations-named.js';

const solar = { name: 'Solar Partner' };

describe('the organization that a person means', () => {
  it.each(['Solar Partner', 'solar partner', '  SOLAR Partner '])('is found by "%s"', (typed) =>
    expect(organizationsNamed([solar], typed)).toEqual([solar]),
  );

  it('is the one of exactly that name, where two differ by case alone', () => {
    const other = { name: 'solar partner' };
    expect(organizationsNamed([solar, other], 'solar partner')).toEqual([other]);
  });

  it('is not one whose name only begins so', () => expect(organizationsNamed([solar], 'Solar')).toEqual([]));
});
