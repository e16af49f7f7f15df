import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { eventStream } from '@tenure/contracts';
import type { Nats } from '../nats/nats.js';

export interface EventStreamSettings {
  maxBytes: number;
  /** Three in production; one on one machine. */
  replicas: number;
}

const day = 24 * 60 * 60 * 1_000;

/** Makes the one stream of events if it is missing. One that is there is left as its operator set it up. */
export async function ensureEventStream(nats: Nats, { maxBytes, replicas }: EventStreamSettings): Promise<void> {
  const manager = await nats.jetstream.jetstreamManager(false);
  if (await exists(manager)) return;
  try {
    await manager.streams.add({
      name: eventStream.name,
      subjects: [...eventStream.subjects],
      storage: 'file',
      retention: 'limits',
      discard: 'old',
      max_age: nanos(30 * day),
      max_bytes: maxBytes,
      num_replicas: replicas,
      duplicate_window: nanos(2 * 60 * 1_000),
    });
  } catch (error) {
    if (!(await exists(manager))) throw error; // Else another process was quicker.
  }
}

async function exists(manager: JetStreamManager): Promise<boolean> {
  return (await manager.streams.info(eventStream.name).catch(unlessMissing)) !== undefined;
}

/** For `catch`: what is not there is `undefined`, everything else stays an error. */
export function unlessMissing(error: unknown): undefined {
  if (error instanceof JetStreamApiError && error.status === 404) return undefined;
  throw error;
}
