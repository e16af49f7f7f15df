import type { Envelope, Event } from '@tenure/contracts';

export interface Delivery {
  /** 1 the first time. */
  deliveries: number;
}

/** What a consumer does with one kind of event. */
export interface EventHandler {
  event: Event;
  /** Resolved: acknowledged. Rejected: delivered again later, and put with the dead letters after so many deliveries. */
  handle(envelope: Envelope, delivery: Delivery): Promise<void>;
}

/** In the words of the event's own data, which is checked before. */
export function on<E extends Event>(
  event: E,
  handle: (envelope: Envelope<E>, delivery: Delivery) => Promise<void>,
): EventHandler {
  return { event, handle: (envelope, delivery) => handle(envelope as Envelope<E>, delivery) };
}

export interface EventConsumer {
  /** The durable consumer's name: that of its service, as the NATS permissions have it. */
  durable: string;
  handlers: readonly EventHandler[];
  /** Events handled at once by this process, those of one account in their order; 16 if left out. */
  atOnce?: number;
  /** Milliseconds before the second, third … delivery; the last one counts for all that follow. */
  backoff?: readonly number[];
}

/** Thrown by a handler when it is not the event's fault: it is handled again after `after` milliseconds, as often as it takes. */
export class RetryLater extends Error {
  constructor(
    readonly after: number,
    message = 'Not now',
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RetryLater';
  }
}

/** Thrown by a handler that wants to hear of the event later, as another delivery; others of the account are handled meanwhile. */
export class DeliverLater extends Error {
  constructor(readonly after: number) {
    super(`To be delivered again in ${after} ms`);
    this.name = 'DeliverLater';
  }
}
