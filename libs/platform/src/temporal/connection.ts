import { Connection } from '@temporalio/client';
import type { TemporalServer } from './server.js';

/**
 * Connects at the first use. It never retries automatically: each call has a caller who learns of the failure, or an
 * event that is redelivered. A retry could repeat a clock move whose answer was lost, and a retry after the connection
 * was closed would end the process.
 */
export function connectionWithoutRetries(server: TemporalServer): Connection {
  return Connection.lazy({
    ...server,
    // Reconnects within seconds after an outage, instead of up to two minutes.
    channelArgs: { 'grpc.max_reconnect_backoff_ms': 2_000 },
    interceptors: [],
  });
}
