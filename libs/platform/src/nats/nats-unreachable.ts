import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';

const away = [
  errors.TimeoutError,
  errors.ConnectionError,
  errors.ClosedConnectionError,
  errors.DrainingConnectionError,
  errors.NoRespondersError,
];

/**
 * NATS or JetStream is unreachable or does not answer in time: no connection, no answer, shutting down, starting, full.
 */
export function isNatsUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof JetStreamApiError) return error.status === 503;
  return away.some((kind) => error instanceof kind) || isNatsUnreachable(error.cause);
}
