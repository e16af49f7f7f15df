import { performance } from 'node:perf_hooks';
import type { Metric } from './health.js';

/**
 * What the process takes of its machine, by the names that dashboards for Node already know. Nothing runs for it in
 * between: to measure how late the event loop is would wake an idle process a hundred times a second.
 */
export function processMetrics(): Metric[] {
  const startedAt = Date.now() / 1_000 - process.uptime();
  let seen = performance.eventLoopUtilization();
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
      name: 'nodejs_eventloop_utilization',
      help: 'Of the time since this was last read, the part in which the event loop was busy: 0 to 1.',
      type: 'gauge',
      read: () => {
        const before = seen;
        seen = performance.eventLoopUtilization();
        return [{ value: performance.eventLoopUtilization(seen, before).utilization }];
      },
    },
  ];
}
