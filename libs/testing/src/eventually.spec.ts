import { eventually } from './eventually.js';

describe('eventually', () => {
  it('returns the result of the assertion once it holds', async () => {
    let tries = 0;
    const value = await eventually(() => {
      tries += 1;
      expect(tries).toBe(4);
      return 'held';
    });
    expect(value).toBe('held');
  });

  it('runs the assertion once more if the deadline passed during it', async () => {
    const { now } = performance;
    let clock = performance.now();
    performance.now = () => clock;
    try {
      let looks = 0;
      await eventually(
        () => {
          looks += 1;
          clock += 1_000;
          expect(looks).toBe(2);
        },
        { within: 500 },
      );
    } finally {
      performance.now = now;
    }
  });

  it('fails with the last error if it never holds', () =>
    expect(eventually(() => Promise.reject(new Error('still not')), { within: 20 })).rejects.toThrow('still not'));
});
