import { Connection } from '@temporalio/client';
import type { TemporalServer } from './server.js';

/**
 * Opened at the first use. It repeats nothing by itself: each call has somebody who waits and is told, or an event that comes
 * again. A move of a clock whose answer was lost could be made twice, and a retry that comes after the connection was closed
 * would end the process.
 */
export function connectionWithoutRetries(server: TemporalServer): Connection {
  return Connection.lazy({
    ...server,
    // Back within seconds after an outage, instead of up to two minutes.
    channelArgs: { 'grpc.max_reconnect_backoff_ms': 2_000 },
    interceptors: [],
  });
}
