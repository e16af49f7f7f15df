import { eventually } from './eventually.js';

/** All metrics, in Prometheus's text format. A busy machine may not read each in time: then it is left out for now. */
export function readMetrics(metrics: { text(): Promise<string> }): Promise<string> {
  return eventually(async () => {
    const text = await metrics.text();
    expect(text).toContain('\ntenure_metrics_unread 0\n');
    return text;
  });
}
