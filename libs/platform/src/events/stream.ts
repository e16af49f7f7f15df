import { JetStreamApiError, type JetStreamManager, type StreamConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { eventConsumers, eventStream } from '@tenure/contracts';
import type { Nats } from '../nats/nats.js';

export interface EventStreamSettings {
  maxBytes: number;
  /** Three in production; one on a single machine. */
  replicas: number;
}

const day = 24 * 60 * 60 * 1_000;

/**
 * Creates the event stream if it is missing. An existing one keeps the operator's settings, except for three things:
 * when full it refuses new events instead of dropping old ones (docs/decisions/0018), it grows to `maxBytes`, and it
 * accepts batches. Only a process with a consumer may change it.
 */
export async function ensureEventStream(nats: Nats, { maxBytes, replicas }: EventStreamSettings): Promise<void> {
  const manager = await nats.jetstream.jetstreamManager(false);
  const before = await configOf(manager);
  if (before !== undefined) {
    if (eventConsumers.includes(nats.user)) await update(manager, before, maxBytes);
    return;
  }
  try {
    await manager.streams.add({
      name: eventStream.name,
      subjects: [...eventStream.subjects],
      storage: 'file',
      retention: 'limits',
      discard: 'new',
      max_age: nanos(30 * day),
      max_bytes: maxBytes,
      num_replicas: replicas,
      duplicate_window: nanos(2 * 60 * 1_000),
      allow_atomic: true,
    });
  } catch (error) {
    if ((await configOf(manager)) === undefined) throw refused(error); // Otherwise another process was faster.
  }
}

async function update(manager: JetStreamManager, before: StreamConfig, maxBytes: number): Promise<void> {
  const isLargeEnough = before.max_bytes === -1 || before.max_bytes >= maxBytes;
  if (before.discard === 'new' && isLargeEnough && before.allow_atomic === true) return;
  const max_bytes = isLargeEnough ? before.max_bytes : maxBytes;
  await manager.streams
    .update(eventStream.name, { discard: 'new', max_bytes, allow_atomic: true })
    .catch((error: unknown) => Promise.reject(refused(error)));
}

/** NATS's own words do not say what it refuses: more replicas than it has servers, more bytes than it has room for. */
function refused(cause: unknown): unknown {
  if (!(cause instanceof JetStreamApiError)) return cause;
  return new Error(`NATS refuses the event stream (EVENTS_MAX_BYTES, EVENTS_REPLICAS): ${cause.message}.`, { cause });
}

async function configOf(manager: JetStreamManager): Promise<StreamConfig | undefined> {
  return (await manager.streams.info(eventStream.name).catch(unlessMissing))?.config;
}

/** For `catch`: not found becomes `undefined`, everything else stays an error. */
export function unlessMissing(error: unknown): undefined {
  if (error instanceof JetStreamApiError && error.status === 404) return undefined;
  throw error;
}
