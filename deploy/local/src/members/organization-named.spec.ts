import { organizationNamed } from './organization-named.js';

const solar = { name: 'Solar Partner' };

describe('the organization that a person means', () => {
  it.each(['Solar Partner', 'solar partner', '  SOLAR Partner '])('is found by "%s"', (typed) =>
    expect(organizationNamed([solar], typed)).toBe(solar),
  );

  it('is the one of exactly that name, where two differ by case alone', () => {
    const other = { name: 'solar partner' };
    expect(organizationNamed([solar, other], 'solar partner')).toBe(other);
  });

  it('is not one whose name only begins so', () => expect(organizationNamed([solar], 'Solar')).toBeUndefined());
});
