import { JetStreamApiError, type ConsumerInfo, type JetStreamManager } from '@nats-io/jetstream';
import { eventConsumers, eventStream, eventTellers } from '@tenure/contracts';
import type { Nats } from '../nats/nats.js';

export interface Room {
  /** How many events were removed. */
  removed: number;
  /** Tenure's own consumers that have not handled everything. If nothing was removed, they are the reason. */
  heldUpBy: string[];
  /**
   * Platform services that have not handled what was removed, each with the maximum number of events that it misses.
   */
  missedBy: { consumer: string; events: number }[];
}

/** How much of the stream is freed at once, so that this is not repeated for each event. */
const PART = 1 / 4;
/** In how many steps the stream is walked through: its remaining events may be anywhere. */
const STEPS = 32;
/** JetStream's error code for an event that a full stream refused. */
const MAXIMUM_BYTES = 10_077;

/** Whether the stream was full. */
export function isStreamFull(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === MAXIMUM_BYTES;
}

/**
 * Removes up to a quarter of a full stream, oldest events first, and never an event that one of Tenure's own consumers
 * still has to handle (docs/decisions/0018). Dead events stay. Events that a platform service has not handled are
 * removed only if there is nothing else.
 */
export async function makeRoom(nats: Nats): Promise<Room> {
  const manager = await nats.jetstream.jetstreamManager(false);
  // Read the stream first: events that arrive meanwhile are beyond its end.
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

/** The position up to which each durable consumer has handled all its events. */
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
  /** The number of events to remove. */
  wanted: number;
}

/** Removes events, but not dead ones, from `first` on. @returns how many, and up to which position */
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
