import { setTimeout as delay } from 'node:timers/promises';
import type { JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { Logger } from '@nestjs/common';
import { DomainError, envelopeSchema, eventStream, eventSubject } from '@tenure/contracts';
import { z } from 'zod';
import { isDatabaseUnreachable, isConflict } from '../database/errors.js';
import type { Nats } from '../nats/nats.js';
import { crashPoint } from '../process/crash-point.js';
import { DeliverLater, RetryLater, type EventConsumer, type EventHandler } from './handler.js';
import { Slots } from './slots.js';

/** The message does not come from a service that may publish this event. A retry would not change that. */
class NotAnEvent extends Error {
  override readonly name = 'NotAnEvent';
}

/** The fields of an event of any version. */
const eventFields = envelopeSchema.pick({ id: true, type: true, organizationId: true });

/**
 * If too many events fail, each is given up on after this many deliveries: half a minute with the default backoff
 * (docs/decisions/0029).
 */
const deliveriesIfManyFail = 5;

/** The subject on which an operator retries an event that the consumer gave up on. */
export function retrySubject(durable: string): string {
  return `${eventStream.retry}.${durable}`;
}

/** Settles one message of a durable consumer: handled, redelivered after a backoff, or given up on. */
export class Settling {
  readonly #handlers: ReadonlyMap<string, EventHandler>;
  readonly #slots: Slots;

  /**
   * @param deliveries how many times an event is delivered before the consumer gives up on it
   * @param instance.leaving aborted when the process ends or leaves events to others: waiting messages are returned
   * @param instance.suspect called when something that a handler needs is unavailable
   */
  constructor(
    private readonly consumer: Required<EventConsumer>,
    private readonly deliveries: number,
    private readonly nats: Nats,
    private readonly log: Logger,
    private readonly instance: { leaving(): AbortSignal; suspect(): void },
  ) {
    this.#handlers = new Map(consumer.handlers.map((handler) => [handler.event.name, handler]));
    this.#slots = new Slots(consumer.atOnce);
  }

  /** Handles the message and reports the outcome to JetStream. Never rejects. */
  async settle(message: JsMsg): Promise<void> {
    const { durable, backoff } = this.consumer;
    const { deliveryCount: deliveries } = message.info;
    try {
      for (;;) {
        const leaving = this.instance.leaving();
        if (leaving.aborted) return message.nak();
        // Delivered but never settled: it crashes the process each time.
        if (deliveries > this.deliveries) return await this.#bury(message, 'It was never settled.');
        try {
          await this.#slots.run(() => this.#handle(message));
          crashPoint(`consumer.${durable}.handled`);
          return message.ack();
        } catch (error) {
          const later = askedToWait(error);
          if (later === undefined) throw error;
          this.log.warn(`${message.subject} waits ${later} ms: ${describe(error)}`);
          this.instance.suspect();
          await delay(later, undefined, { signal: leaving }).catch(() => undefined);
        }
      }
    } catch (error) {
      if (error instanceof DeliverLater) return message.nak(error.after);
      if (error instanceof NotAnEvent) return this.#drop(message, error);
      if (deliveries >= this.deliveries || (deliveries >= deliveriesIfManyFail && (await this.#manyFail())))
        return this.#bury(message, describe(error));
      const wait = backoff[Math.min(deliveries, backoff.length) - 1] ?? 0;
      this.log.warn(`${message.subject} failed (delivery ${deliveries}), again in ${wait} ms: ${describe(error)}`);
      message.nak(wait);
    }
  }

  /** Whether failing events take more than half of the places; once they have all, nothing else is delivered. */
  async #manyFail(): Promise<boolean> {
    try {
      const manager = await this.nats.jetstream.jetstreamManager(false);
      const { num_redelivered, config } = await manager.consumers.info(eventStream.name, this.consumer.durable);
      return num_redelivered > (config.max_ack_pending ?? Infinity) / 2;
    } catch {
      return false;
    }
  }

  async #handle(message: JsMsg): Promise<void> {
    const body = parsed(message);
    this.#requireEvent(message, body);
    const envelope = envelopeSchema.parse(body);
    const handler = this.#handlers.get(envelope.type);
    if (handler === undefined) throw new Error(`${envelope.type} is meant for a later version of this consumer.`);
    const data = handler.event.data.parse(envelope.data);
    await handler.handle({ ...envelope, data }, { deliveries: message.info.deliveryCount });
  }

  /**
   * Rejects messages that no publisher of events sent. A user who may only subscribe cannot publish, but can name any
   * subject as the one on which JetStream is to reply or to redeliver an event. Many such messages, retried again and
   * again or kept as dead events, would leave no room for events.
   * @throws NotAnEvent
   */
  #requireEvent(message: JsMsg, body: unknown): void {
    const event = eventFields.safeParse(body);
    if (!event.success) throw new NotAnEvent('It is not an event.');
    const { type, organizationId } = event.data;
    if (this.#originalSubject(message) !== eventSubject({ name: type }, organizationId))
      throw new NotAnEvent(`${type} belongs on another subject.`);
  }

  /**
   * Drops a message that is not an event. It stays in the stream, where it arrived without a service that publishes
   * events.
   */
  #drop(message: JsMsg, { message: reason }: NotAnEvent): void {
    message.term('not an event');
    this.log.error({ message: `Ignored a message on ${message.subject}: ${reason}`, alert: true });
  }

  /** Gives up on the event: it is stored as a dead event, which an operator can retry. */
  async #bury(message: JsMsg, reason: string): Promise<void> {
    const { durable, backoff } = this.consumer;
    const { headers: names } = eventStream;
    const head = headers();
    head.set(names.subject, this.#originalSubject(message));
    // A header is a single line: with more, the publish would fail and end the process.
    head.set(names.reason, reason.split(/[\r\n]/)[0]!.slice(0, 500));
    head.set(names.deliveries, String(message.info.deliveryCount));
    try {
      const id = `${durable}:${message.seq}`;
      await this.nats.jetstream.publish(`${eventStream.dead}.${durable}`, message.data, {
        headers: head,
        msgID: id,
      });
      message.term('dead letter');
      this.log.error({
        message: `Given up on ${this.#originalSubject(message)}: ${reason}`,
        alert: true,
        event: message.string(),
      });
    } catch (error) {
      this.log.error(`The dead event for ${message.subject} cannot be stored: ${describe(error)}`);
      message.nak(backoff.at(-1) ?? 1_000);
    }
  }

  /** The original subject of the event, even if it was retried since. */
  #originalSubject({ subject, headers: head }: JsMsg): string {
    return (subject === retrySubject(this.consumer.durable) && head?.get(eventStream.headers.subject)) || subject;
  }
}

function parsed(message: JsMsg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}

/**
 * How many milliseconds to wait, if the handler asked for it, or if a service or the database that it needs is
 * unavailable.
 */
function askedToWait(error: unknown): number | undefined {
  if (error instanceof RetryLater) return error.after;
  if (error instanceof DomainError && ['unavailable', 'timeout', 'busy'].includes(error.code)) return 2_000;
  if (isDatabaseUnreachable(error) || isConflict(error)) return 2_000;
  return undefined;
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError)
    return `It does not match its schema: ${error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
