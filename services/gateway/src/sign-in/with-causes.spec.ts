import { withCauses } from './with-causes.js';

describe('an error of the identity provider is logged', () => {
  it('with what it comes from', () => {
    const expired = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' });
    const failed = new TypeError('fetch failed', { cause: expired });
    expect(withCauses(new Error('something went wrong', { cause: failed }))).toBe(
      'Error: something went wrong, TypeError: fetch failed, Error: certificate has expired',
    );
  });

  it('with its code if it comes from several addresses, none of which answers', () => {
    const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
    expect(withCauses(new TypeError('fetch failed', { cause: refused }))).toBe('TypeError: fetch failed, ECONNREFUSED');
  });

  it('without what the provider answered, which may be anything', () =>
    expect(withCauses(new Error('refused', { cause: { body: 'secret' } }))).toBe('Error: refused'));
});
