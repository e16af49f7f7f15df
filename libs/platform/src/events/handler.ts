import type { Envelope, Event } from '@tenure/contracts';

export interface Delivery {
  /** 1 for the first delivery. */
  deliveries: number;
}

/** What a consumer does with one kind of event. */
export interface EventHandler {
  event: Event;
  /**
   * Resolves: the event is acknowledged. Rejects: it is redelivered later, and becomes a dead event after the maximum
   * number of deliveries.
   */
  handle(envelope: Envelope, delivery: Delivery): Promise<void>;
}

/** A handler typed by the event's own data, which is validated first. */
export function on<E extends Event>(
  event: E,
  handle: (envelope: Envelope<E>, delivery: Delivery) => Promise<void>,
): EventHandler {
  return { event, handle: (envelope, delivery) => handle(envelope as Envelope<E>, delivery) };
}

export interface EventConsumer {
  /** The durable consumer's name: that of its service, as in the NATS permissions. */
  durable: string;
  handlers: readonly EventHandler[];
  /** The number of events that this process handles concurrently, those of one account in order; 16 by default. */
  atOnce?: number;
  /** Milliseconds before the second, third … delivery; the last value applies to all later ones. */
  backoff?: readonly number[];
}

/**
 * Thrown by a handler if the event is not to blame: the handler runs again after `after` milliseconds, without limit.
 */
export class RetryLater extends Error {
  constructor(
    readonly after: number,
    message = 'Not now',
  ) {
    super(message);
    this.name = 'RetryLater';
  }
}

/**
 * Thrown by a handler that wants the event as another delivery later; other events of the account are handled
 * meanwhile.
 */
export class DeliverLater extends Error {
  constructor(readonly after: number) {
    super(`To be delivered again in ${after} ms`);
    this.name = 'DeliverLater';
  }
}
