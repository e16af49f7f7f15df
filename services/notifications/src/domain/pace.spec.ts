import { Pace } from './pace.js';

describe('the pace', () => {
  it('is five a second, as long as the provider says nothing else', () => {
    const pace = new Pace();
    expect([pace.takeTurn(1000), pace.takeTurn(1000), pace.takeTurn(1000)]).toEqual([0, 200, 400]);
  });

  it('is what the provider says', () => {
    const pace = new Pace();
    pace.learn({ limit: 10, retryAfterSeconds: null }, 1000);
    expect([pace.takeTurn(1000), pace.takeTurn(1000)]).toEqual([0, 100]);
  });

  it('stops for as long as the provider asks', () => {
    const pace = new Pace();
    pace.learn({ limit: null, retryAfterSeconds: 3 }, 1000);
    expect([pace.wait(1000), pace.takeTurn(1500), pace.takeTurn(1500)]).toEqual([3000, 2500, 2700]);
  });

  it('saves no turns up', () => {
    const pace = new Pace();
    pace.takeTurn(1000);
    expect([pace.takeTurn(60_000), pace.takeTurn(60_000)]).toEqual([0, 200]);
  });
});
