import { Metrics } from './metrics.js';

/** The lines of one metric, without its help and type. */
const valuesOf = async (metrics: Metrics, name: string) =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(name));

describe('the metrics of a process', () => {
  it('are gauges of the same rows, which are read once for all of them', async () => {
    let reads = 0;
    const metrics = new Metrics();
    metrics.gauges({
      labels: ['of'],
      read: async () => (reads++, [{ labels: { of: 'say "x"' }, count: 2, age: 3 }]),
      gauges: { count: ['tenure_a', 'A.'], age: ['tenure_b', 'B.'] },
    });
    expect(await metrics.text()).toBe(
      [
        '# HELP tenure_metrics_unread Metrics that could not be read now and are left out.',
        '# TYPE tenure_metrics_unread gauge',
        'tenure_metrics_unread 0',
        '',
        '# HELP tenure_a A.',
        '# TYPE tenure_a gauge',
        'tenure_a{of="say \\"x\\""} 2',
        '',
        '# HELP tenure_b B.',
        '# TYPE tenure_b gauge',
        'tenure_b{of="say \\"x\\""} 3',
        '',
      ].join('\n'),
    );
    expect(reads).toBe(1);
  });

  it('forget a row that is no longer there', async () => {
    let rows = [
      { labels: { of: 'x' }, count: 1 },
      { labels: { of: 'y' }, count: 2 },
    ];
    const metrics = new Metrics();
    metrics.gauges({ labels: ['of'], read: async () => rows, gauges: { count: ['tenure_a', 'A.'] } });
    expect(await valuesOf(metrics, 'tenure_a')).toEqual(['tenure_a{of="x"} 1', 'tenure_a{of="y"} 2']);
    rows = rows.slice(1);
    expect(await valuesOf(metrics, 'tenure_a')).toEqual(['tenure_a{of="y"} 2']);
  });

  it('leave out gauges that cannot be read, with a label or without, and count them, until they can be read', async () => {
    let away = true;
    const read = <R>(rows: R[]) => (away ? Promise.reject(new Error('away')) : Promise.resolve(rows));
    const metrics = new Metrics();
    metrics.gauges({
      labels: ['of'],
      read: () => read([{ labels: { of: 'x' }, count: 2, age: 3 }]),
      gauges: { count: ['tenure_a', 'A.'], age: ['tenure_b', 'B.'] },
    });
    metrics.gauges({ read: () => read([{ count: 4 }]), gauges: { count: ['tenure_c', 'C.'] } });
    metrics.gauges({ read: async () => [{ count: 5 }], gauges: { count: ['tenure_d', 'D.'] } });
    expect(await valuesOf(metrics, 'tenure_')).toEqual(['tenure_metrics_unread 3', 'tenure_d 5']);
    away = false;
    expect(await valuesOf(metrics, 'tenure_')).toEqual([
      'tenure_metrics_unread 0',
      'tenure_a{of="x"} 2',
      'tenure_b{of="x"} 3',
      'tenure_c 4',
      'tenure_d 5',
    ]);
    away = true;
    expect(await valuesOf(metrics, 'tenure_')).toEqual(['tenure_metrics_unread 3', 'tenure_d 5']);
  });

  it('have each value of a counter from the start', async () => {
    const metrics = new Metrics();
    const counter = metrics.counter('tenure_a_total', 'A.', 'outcome', ['ok', 'failed']);
    counter.inc({ outcome: 'failed' });
    expect(await valuesOf(metrics, 'tenure_a')).toEqual([
      'tenure_a_total{outcome="ok"} 0',
      'tenure_a_total{outcome="failed"} 1',
    ]);
  });

  it('count durations with bounds of which none is a whole number', async () => {
    const metrics = new Metrics();
    const durations = metrics.durations('tenure_a_seconds', 'A.', 'message');
    for (const seconds of [0.001, 0.005, 0.03, 2, 8]) durations.observe({ message: 'asked' }, seconds);
    expect(await valuesOf(metrics, 'tenure_a')).toEqual([
      'tenure_a_seconds_bucket{le="0.005",message="asked"} 2',
      'tenure_a_seconds_bucket{le="0.025",message="asked"} 2',
      'tenure_a_seconds_bucket{le="0.1",message="asked"} 3',
      'tenure_a_seconds_bucket{le="0.25",message="asked"} 3',
      'tenure_a_seconds_bucket{le="0.5",message="asked"} 3',
      'tenure_a_seconds_bucket{le="2.5",message="asked"} 4',
      'tenure_a_seconds_bucket{le="+Inf",message="asked"} 5',
      'tenure_a_seconds_sum{message="asked"} 10.036',
      'tenure_a_seconds_count{message="asked"} 5',
    ]);
  });
});
