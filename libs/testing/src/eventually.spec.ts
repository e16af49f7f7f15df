import { eventually } from './eventually.js';

describe('eventually', () => {
  it('gives what the assertion returns, once it holds', async () => {
    let tries = 0;
    const value = await eventually(() => {
      tries += 1;
      expect(tries).toBe(4);
      return 'held';
    });
    expect(value).toBe('held');
  });

  it('fails with the last error when it never holds', () =>
    expect(eventually(() => Promise.reject(new Error('still not')), { within: 20 })).rejects.toThrow('still not'));
});
