import { featureChanges } from './features.js';

describe('the features of another license', () => {
  it('are gained where only it has them, and lost where only the one before has', () =>
    expect(featureChanges({ features: ['alerts', 'reports'] }, { features: ['api', 'alerts'] })).toEqual({
      gained: ['api'],
      lost: ['reports'],
    }));
});
