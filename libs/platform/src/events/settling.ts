import { setTimeout as delay } from 'node:timers/promises';
import type { JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { Logger } from '@nestjs/common';
import { DomainError, envelopeSchema, eventStream, eventSubject } from '@tenure/contracts';
import { z } from 'zod';
import { databaseAway, isConflict } from '../database/errors.js';
import type { Nats } from '../nats/nats.js';
import { crashPoint } from '../process/crash-point.js';
import { DeliverLater, RetryLater, type EventConsumer, type EventHandler } from './handler.js';
import { Slots } from './slots.js';

/** No service that may tell it told this: trying it again does not make it an event. */
class NotTold extends Error {
  override readonly name = 'NotTold';
}

/** What every event says of itself, whatever its version. */
const toldSchema = envelopeSchema.pick({ id: true, type: true, organizationId: true });

/** After so many, half a minute with the back-off there is, an event that fails is given up if too many do (docs/decisions/0029). */
const deliveriesOfMany = 5;

/** The subject on which an operator hands to a consumer once more what it has given up. */
export function retrySubject(durable: string): string {
  return `${eventStream.retry}.${durable}`;
}

/** What becomes of one message of a durable consumer: handled, delivered again after a back-off, or given up. */
export class Settling {
  readonly #handlers: ReadonlyMap<string, EventHandler>;
  readonly #slots: Slots;

  /**
   * @param deliveries how often an event is tried before it is given up
   * @param stop the process ends: what waits is given back
   */
  constructor(
    private readonly consumer: Required<EventConsumer>,
    private readonly deliveries: number,
    private readonly nats: Nats,
    private readonly log: Logger,
    private readonly stop: AbortSignal,
  ) {
    this.#handlers = new Map(consumer.handlers.map((handler) => [handler.event.name, handler]));
    this.#slots = new Slots(consumer.atOnce);
  }

  /** Handles the message and tells JetStream how it ended. Never rejects. */
  async settle(message: JsMsg): Promise<void> {
    const { durable, backoff } = this.consumer;
    const { deliveryCount: deliveries } = message.info;
    try {
      for (;;) {
        if (this.stop.aborted) return message.nak();
        // Delivered, and never settled: it ends the process each time.
        if (deliveries > this.deliveries) return await this.#bury(message, 'It was never settled.');
        try {
          await this.#slots.run(() => this.#handle(message));
          crashPoint(`consumer.${durable}.handled`);
          return message.ack();
        } catch (error) {
          const later = askedToWait(error);
          if (later === undefined) throw error;
          this.log.warn(`${message.subject} waits ${later} ms: ${describe(error)}`);
          await delay(later, undefined, { signal: this.stop }).catch(() => undefined);
        }
      }
    } catch (error) {
      if (error instanceof DeliverLater) return message.nak(error.after);
      if (error instanceof NotTold) return this.#drop(message, error);
      if (deliveries >= this.deliveries || (deliveries >= deliveriesOfMany && (await this.#manyFail())))
        return this.#bury(message, describe(error));
      const wait = backoff[Math.min(deliveries, backoff.length) - 1] ?? 0;
      this.log.warn(`${message.subject} failed (delivery ${deliveries}), again in ${wait} ms: ${describe(error)}`);
      message.nak(wait);
    }
  }

  /** Whether what fails takes more than half of the places; when it has all of them, nothing else is delivered. */
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
    this.#requireTold(message, body);
    const envelope = envelopeSchema.parse(body);
    const handler = this.#handlers.get(envelope.type);
    if (handler === undefined) throw new Error(`${envelope.type} is for a later version of this consumer.`);
    const data = handler.event.data.parse(envelope.data);
    await handler.handle({ ...envelope, data }, { deliveries: message.info.deliveryCount });
  }

  /**
   * Who may only listen cannot tell, but can name any subject as the one on which JetStream is to answer, or to deliver
   * once more what was told. Many of these, tried again and again or kept with the dead letters, would leave no room for
   * events.
   * @throws NotTold
   */
  #requireTold(message: JsMsg, body: unknown): void {
    const told = toldSchema.safeParse(body);
    if (!told.success) throw new NotTold('It is not an event.');
    const { type, organizationId } = told.data;
    if (this.#cameOn(message) !== eventSubject({ name: type }, organizationId))
      throw new NotTold(`${type} is told on another subject.`);
  }

  /** It stays in the stream, where it came to be without a service that tells events. */
  #drop(message: JsMsg, { message: reason }: NotTold): void {
    message.term('not told');
    this.log.error({ message: `Left out what is on ${message.subject}: ${reason}`, alert: true });
  }

  /** Nothing more is tried: the event goes to the dead letters, from where an operator can send it again. */
  async #bury(message: JsMsg, reason: string): Promise<void> {
    const { durable, backoff } = this.consumer;
    const { headers: names } = eventStream;
    const head = headers();
    head.set(names.subject, this.#cameOn(message));
    // A header is one line; as more, it would be refused, and the process would end by that.
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
        message: `Given up on ${this.#cameOn(message)}: ${reason}`,
        alert: true,
        event: message.string(),
      });
    } catch (error) {
      this.log.error(`The dead letter for ${message.subject} cannot be stored: ${describe(error)}`);
      message.nak(backoff.at(-1) ?? 1_000);
    }
  }

  /** The subject on which the event was told, also when it was put back since. */
  #cameOn({ subject, headers: head }: JsMsg): string {
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

/** Milliseconds, when the handler asked to wait, or a service or the database that it needs cannot be asked now. */
function askedToWait(error: unknown): number | undefined {
  if (error instanceof RetryLater) return error.after;
  if (error instanceof DomainError && ['unavailable', 'timeout', 'busy'].includes(error.code)) return 2_000;
  if (databaseAway(error) || isConflict(error)) return 2_000;
  return undefined;
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError)
    return `It does not match its schema: ${error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
