import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metric } from './health.js';

/** How often the event loop is to come by while its delay is measured. */
const EVERY_MS = 10;

/** What the process takes of its machine, by the names that dashboards for Node already know. */
export function processMetrics(): Metric[] {
  const startedAt = Date.now() / 1_000 - process.uptime();
  const delay = monitorEventLoopDelay({ resolution: EVERY_MS });
  delay.enable();
  return [
    {
      name: 'process_start_time_seconds',
      help: 'When the process started, in seconds since 1970.',
      type: 'gauge',
      read: () => [{ value: startedAt }],
    },
    {
      name: 'process_resident_memory_bytes',
      help: 'Memory of the process.',
      type: 'gauge',
      read: () => [{ value: process.memoryUsage.rss() }],
    },
    {
      name: 'process_cpu_seconds_total',
      help: 'Processor time that the process has used.',
      type: 'counter',
      read: () => {
        const { user, system } = process.cpuUsage();
        return [{ value: (user + system) / 1_000_000 }];
      },
    },
    {
      name: 'nodejs_eventloop_lag_p99_seconds',
      help: 'How late the event loop came to its work since this was last read: 99 of 100 times no later.',
      type: 'gauge',
      read: () => {
        // Measured is the time from one coming to the next.
        const late = delay.percentile(99) / 1_000_000 - EVERY_MS;
        delay.reset();
        return [{ value: Math.max(0, late) / 1_000 }];
      },
    },
  ];
}
