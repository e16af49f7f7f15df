import { performance } from 'node:perf_hooks';
import { Counter, Gauge } from 'prom-client';
import type { Metrics } from './metrics.js';

/**
 * Adds the resource usage of the process, under the names that dashboards for Node know. The client's own default
 * metrics also measure the delay of the event loop, which would wake an idle process a hundred times a second.
 */
export function measureProcess({ registry }: Metrics): void {
  const registers = [registry];
  new Gauge({
    name: 'process_start_time_seconds',
    help: 'When the process started, in seconds since 1970.',
    registers,
  }).set(Date.now() / 1_000 - process.uptime());
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory of the process.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  let counted = 0;
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time that the process has used.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.inc((user + system - counted) / 1_000_000);
      counted = user + system;
    },
  });
  let seen = performance.eventLoopUtilization();
  new Gauge({
    name: 'nodejs_eventloop_utilization',
    help: 'Share of the time since the last read in which the event loop was busy: 0 to 1.',
    registers,
    collect() {
      const before = seen;
      seen = performance.eventLoopUtilization();
      this.set(performance.eventLoopUtilization(seen, before).utilization);
    },
  });
}
