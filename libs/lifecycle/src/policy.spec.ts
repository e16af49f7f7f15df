import { defaultPolicy } from './policy.js';

describe('the default policy', () => {
  it('reminds at 09:00 a month before the last day, a week before, and on the day', () =>
    expect(defaultPolicy).toEqual({ version: 1, offsets: ['P1M', 'P7D', 'P0D'], localTime: '09:00' }));
});
