import { JetStreamApiError, type ConsumerInfo, type JetStreamManager } from '@nats-io/jetstream';
import { eventConsumers, eventStream, eventTellers } from '@tenure/contracts';
import type { Nats } from '../nats/nats.js';

export interface Room {
  /** How many events were removed. */
  removed: number;
  /** Tenure's own consumers that have not handled everything: where nothing was removed, they hold it up. */
  heldUpBy: string[];
  /** Services of the platform that have not handled what was removed: how many events each will miss, at most. */
  missedBy: { consumer: string; events: number }[];
}

/** How much of the stream is made free at once, so that it is not done for each event. */
const PART = 1 / 4;
/** In how many steps it is walked through: what is left of it may lie anywhere. */
const STEPS = 32;
/** JetStream's code for an event that a full stream has refused. */
const MAXIMUM_BYTES = 10_077;

/** Whether the stream had no room for it. */
export function isStreamFull(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === MAXIMUM_BYTES;
}

/**
 * Removes up to a quarter of a full stream, the oldest first, and never what one of Tenure's own consumers has still to
 * handle (docs/decisions/0018). What has been given up stays. What a service of the platform has not handled is removed
 * only when there is nothing else.
 */
export async function makeRoom(nats: Nats): Promise<Room> {
  const manager = await nats.jetstream.jetstreamManager(false);
  // First the stream: what comes meanwhile lies behind its end.
  const { state } = await manager.streams.info(eventStream.name);
  const { first_seq: first, last_seq: last, messages } = state;
  const handled = await handledUpTo(manager, last);
  const own = eventConsumers.map((consumer) => ({ consumer, upTo: handled.get(consumer) ?? 0 }));
  const others = [...handled].filter(([name]) => !eventConsumers.includes(name));
  const range = { first, upTo: Math.min(...own.map(({ upTo }) => upTo)), wanted: Math.ceil(messages * PART) };
  const sparing = await remove(manager, { ...range, upTo: Math.min(range.upTo, ...others.map(([, upTo]) => upTo)) });
  const { removed, upTo } = sparing.removed > 0 ? sparing : await remove(manager, range);
  return {
    removed,
    heldUpBy: own.filter((one) => one.upTo < last).map(({ consumer }) => consumer),
    missedBy: others
      .filter(([, theirs]) => removed > 0 && theirs < upTo)
      .map(([consumer, theirs]) => ({ consumer, events: upTo - Math.max(theirs, first - 1) })),
  };
}

/** Up to where each durable consumer has handled all that it hears. */
async function handledUpTo(manager: JetStreamManager, last: number): Promise<Map<string, number>> {
  const handled = new Map<string, number>();
  const hasHandledAll = ({ num_pending, num_ack_pending }: ConsumerInfo) => num_pending + num_ack_pending === 0;
  for await (const consumer of manager.consumers.list(eventStream.name))
    if (consumer.config.durable_name !== undefined)
      handled.set(consumer.name, hasHandledAll(consumer) ? last : consumer.ack_floor.stream_seq);
  return handled;
}

interface Range {
  first: number;
  upTo: number;
  /** How many events are enough. */
  wanted: number;
}

/** Removes what was told, and not what was given up, from the first on. @returns how many, and up to where */
async function remove(manager: JetStreamManager, { first, upTo: end, wanted }: Range) {
  const filters = [...eventTellers.map((service) => `events.${service}.>`), `${eventStream.retry}.>`];
  let removed = 0;
  let upTo = first - 1;
  for (let step = 1; step <= STEPS && removed < wanted && end >= first; step += 1) {
    upTo = first + Math.floor(((end - first) * step) / STEPS);
    for (const filter of filters)
      removed += (await manager.streams.purge(eventStream.name, { filter, seq: upTo + 1 })).purged;
  }
  return { removed, upTo };
}
