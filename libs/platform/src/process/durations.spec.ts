import { Durations } from './durations.js';
import { Health } from './health.js';

it('is a histogram of each kind, from the start: what took no longer than each bound, how many, and all of it', async () => {
  const durations = new Durations('message');
  durations.add('asked');
  durations.add('never asked');
  for (const seconds of [0.001, 0.005, 0.03, 2, 8]) durations.count('asked', seconds);
  const health = new Health();
  health.measure(durations.metric('tenure_x_seconds', 'X.'));
  const lines = (await health.metrics()).split('\n');
  expect(lines.slice(lines.indexOf('# HELP tenure_x_seconds X.'))).toEqual([
    '# HELP tenure_x_seconds X.',
    '# TYPE tenure_x_seconds histogram',
    'tenure_x_seconds_bucket{message="asked",le="0.005"} 2',
    'tenure_x_seconds_bucket{message="asked",le="0.025"} 2',
    'tenure_x_seconds_bucket{message="asked",le="0.1"} 3',
    'tenure_x_seconds_bucket{message="asked",le="0.25"} 3',
    'tenure_x_seconds_bucket{message="asked",le="0.5"} 3',
    'tenure_x_seconds_bucket{message="asked",le="2.5"} 4',
    'tenure_x_seconds_bucket{message="asked",le="+Inf"} 5',
    'tenure_x_seconds_sum{message="asked"} 10.036',
    'tenure_x_seconds_count{message="asked"} 5',
    'tenure_x_seconds_bucket{message="never asked",le="0.005"} 0',
    'tenure_x_seconds_bucket{message="never asked",le="0.025"} 0',
    'tenure_x_seconds_bucket{message="never asked",le="0.1"} 0',
    'tenure_x_seconds_bucket{message="never asked",le="0.25"} 0',
    'tenure_x_seconds_bucket{message="never asked",le="0.5"} 0',
    'tenure_x_seconds_bucket{message="never asked",le="2.5"} 0',
    'tenure_x_seconds_bucket{message="never asked",le="+Inf"} 0',
    'tenure_x_seconds_sum{message="never asked"} 0',
    'tenure_x_seconds_count{message="never asked"} 0',
    '',
  ]);
});
