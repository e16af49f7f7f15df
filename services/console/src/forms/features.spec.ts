import { featureChanges } from './features.js';

describe('the features of another license', () => {
  it('are gained if only the new one has them, and lost if only the old one has', () =>
    expect(featureChanges({ features: ['alerts', 'reports'] }, { features: ['api', 'alerts'] })).toEqual({
      gained: ['api'],
      lost: ['reports'],
    }));
});
