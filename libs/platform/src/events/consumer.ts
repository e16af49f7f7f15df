import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { AckPolicy, DeliverPolicy, type ConsumerConfig, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { headers, nanos } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import {
  DomainError,
  envelopeSchema,
  eventFilter,
  eventStream,
  eventSubject,
  type Envelope,
  type Event,
} from '@tenure/contracts';
import { z } from 'zod';
import { databaseAway, isConflict } from '../database/errors.js';
import type { Nats } from '../nats/nats.js';
import { crashPoint } from '../process/crash-point.js';
import type { ReadinessCheck } from '../process/health.js';
import { inWords, readBacklog, type Backlog } from './backlog.js';
import { Slots } from './slots.js';
import { ensureEventStream, unlessMissing, type EventStreamSettings } from './stream.js';

export interface Delivery {
  redelivered: boolean;
  /** 1 the first time. */
  deliveries: number;
}

export interface EventConsumer<E extends Event = Event> {
  /** The durable consumer's name: that of its service, as the NATS permissions have it. */
  durable: string;
  events: readonly E[];
  /** Resolved: acknowledged. Rejected: delivered again later, after `maxDeliveries` put with the dead letters. */
  handle(envelope: Envelope<E>, delivery: Delivery): Promise<void>;
  /** Events handled at once by this process, those of one account in their order; 16 if left out. */
  atOnce?: number;
  /** What the process is configured with if left out. */
  maxDeliveries?: number;
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

/** What an operator can set for all consumers of the process. */
export interface ConsumerSettings {
  /** How often an event is tried before it is given up. */
  deliveries: number;
  /** From which age of the oldest unsettled event on the process is not ready, in seconds; 0 for never. */
  lagLimitSeconds: number;
  /** JetStream delivers again what it has not heard of for so long. */
  ackSeconds: number;
}

/** No service that may tell it told this: trying it again does not make it an event. */
class NotTold extends Error {
  override readonly name = 'NotTold';
}

/** What every event says of itself, whatever its version. */
const toldSchema = envelopeSchema.pick({ id: true, type: true, organizationId: true });

const defaultBackoff = [1, 2, 5, 15, 30, 60, 120, 300, 600, 900, 1_200].map((second) => second * 1_000);
/** After so many, half a minute with this back-off, an event that fails is given up if too many do (docs/decisions/0029). */
const deliveriesOfMany = 5;

/** One durable consumer, running: explicit acknowledgements, back-off, dead letters, events of one account in order. */
export class RunningConsumer {
  readonly durable: string;
  readonly readiness: ReadinessCheck;
  readonly #log: Logger;
  readonly #events: ReadonlyMap<string, Event>;
  readonly #backoff: readonly number[];
  readonly #maxDeliveries: number;
  readonly #atOnce: number;
  readonly #slots: Slots;
  /** What this process has and has not settled; it is kept alive at the server. */
  readonly #held = new Set<JsMsg>();
  /** The subjects that are heard: each event's, and what an operator puts back. */
  readonly #filters: string[];
  readonly #retries: string;
  /** The end of each account's queue. */
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();
  #messages: ConsumerMessages | undefined;
  #running: Promise<void> | undefined;
  #trouble: string | undefined = 'it has not started yet';
  #backlog: Promise<Backlog> | undefined;

  constructor(
    private readonly consumer: EventConsumer,
    private readonly nats: Nats,
    private readonly stream: EventStreamSettings,
    private readonly settings: ConsumerSettings,
  ) {
    const { durable, events, backoff, maxDeliveries, atOnce } = consumer;
    this.durable = durable;
    this.readiness = { name: `consumer ${durable}`, check: () => this.#check() };
    this.#retries = `${eventStream.retry}.${durable}`;
    this.#filters = [...events.map(eventFilter), this.#retries].sort();
    this.#log = new Logger(`Consumer ${durable}`);
    this.#events = new Map(events.map((event) => [event.name, event]));
    this.#backoff = backoff ?? defaultBackoff;
    this.#maxDeliveries = maxDeliveries ?? settings.deliveries;
    this.#atOnce = atOnce ?? 16;
    this.#slots = new Slots(this.#atOnce);
  }

  async start(): Promise<void> {
    this.#messages = await this.#open();
    const backlog = await this.backlog().then(inWords, () => undefined);
    if (backlog !== undefined) this.#log.warn(backlog);
    this.#running = this.#run();
  }

  /** Takes nothing more, finishes what is being handled, and gives the rest back to be delivered at once. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#messages?.stop();
    await Promise.all(this.#lanes.values());
    await this.#running;
  }

  /** How far it is behind. Figures that are read at the same time are asked for once. */
  backlog(): Promise<Backlog> {
    this.#backlog ??= readBacklog(this.nats, this.durable).finally(() => (this.#backlog = undefined));
    return this.#backlog;
  }

  async #check(): Promise<string | undefined> {
    if (this.#stop.signal.aborted) throw new Error('it has been stopped');
    if (this.#trouble !== undefined) throw new Error(this.#trouble);
    // Not to know it is no reason not to work.
    const backlog = this.nats.connected ? await this.backlog().catch(() => undefined) : undefined;
    if (backlog === undefined) return undefined;
    const { lagLimitSeconds } = this.settings;
    const words = inWords(backlog);
    if (lagLimitSeconds > 0 && backlog.oldestSeconds > lagLimitSeconds) throw new Error(words);
    return words;
  }

  async #run(): Promise<void> {
    const alive = setInterval(
      () => this.#held.forEach((message) => message.working()),
      (this.settings.ackSeconds * 1_000) / 3,
    );
    try {
      while (!this.#stop.signal.aborted) {
        try {
          this.#messages ??= await this.#open();
          this.#trouble = undefined;
          const error = await this.#messages.closed();
          if (error instanceof Error) throw error;
        } catch (error) {
          this.#report(error);
        }
        this.#messages = undefined;
        await delay(1_000, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    } finally {
      clearInterval(alive);
    }
  }

  /** Makes the stream and the consumer if they are missing, or changes of the consumer what may change. */
  async #open(): Promise<ConsumerMessages> {
    await ensureEventStream(this.nats, this.stream);
    const manager = await this.nats.jetstream.jetstreamManager(false);
    const before = await manager.consumers.info(eventStream.name, this.durable).catch(unlessMissing);
    // What a later version hears stays in, beside this one or after it was taken back: an event that comes while its
    // subject is left out is never delivered.
    const filters = new Set([...(before?.config.filter_subjects ?? []), ...this.#filters]);
    const changeable = { ack_wait: nanos(this.settings.ackSeconds * 1_000), filter_subjects: [...filters].sort() };
    const config: Partial<ConsumerConfig> = {
      durable_name: this.durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      // Counted here: beyond a limit of its own, JetStream would only fall silent.
      max_deliver: -1,
      max_ack_pending: 8 * this.#atOnce,
      ...changeable,
    };
    if (before === undefined) await manager.consumers.add(eventStream.name, config);
    else {
      const { ack_wait, filter_subjects } = before.config;
      if (!isDeepStrictEqual({ ack_wait, filter_subjects }, changeable))
        await manager.consumers.update(eventStream.name, this.durable, changeable);
    }
    const consumer = await this.nats.jetstream.consumers.get(eventStream.name, this.durable);
    return consumer.consume({
      abort_on_missing_resource: true,
      callback: (message) => this.#receive(message),
    });
  }

  #receive(message: JsMsg): void {
    if (this.#stop.signal.aborted) return message.nak();
    this.#held.add(message);
    const lane = laneOf(message);
    const turn = (this.#lanes.get(lane) ?? Promise.resolve()).then(() => this.#settle(message));
    this.#lanes.set(lane, turn);
    void turn.finally(() => {
      this.#held.delete(message);
      if (this.#lanes.get(lane) === turn) this.#lanes.delete(lane);
    });
  }

  /** Handles the message and tells JetStream how it ended. Never rejects. */
  async #settle(message: JsMsg): Promise<void> {
    const { deliveryCount: deliveries } = message.info;
    try {
      for (;;) {
        if (this.#stop.signal.aborted) return message.nak();
        // Delivered, and never settled: it ends the process each time.
        if (deliveries > this.#maxDeliveries) return await this.#bury(message, 'It was never settled.');
        try {
          await this.#slots.run(() => this.#handle(message));
          crashPoint(`consumer.${this.durable}.handled`);
          return message.ack();
        } catch (error) {
          const later = askedToWait(error);
          if (later === undefined) throw error;
          this.#log.warn(`${message.subject} waits ${later} ms: ${describe(error)}`);
          await delay(later, undefined, { signal: this.#stop.signal }).catch(() => undefined);
        }
      }
    } catch (error) {
      if (error instanceof DeliverLater) return message.nak(error.after);
      if (error instanceof NotTold) return this.#drop(message, error);
      if (deliveries >= this.#maxDeliveries || (deliveries >= deliveriesOfMany && (await this.#manyFail())))
        return this.#bury(message, describe(error));
      const wait = this.#backoff[Math.min(deliveries, this.#backoff.length) - 1] ?? 0;
      this.#log.warn(`${message.subject} failed (delivery ${deliveries}), again in ${wait} ms: ${describe(error)}`);
      message.nak(wait);
    }
  }

  /** Whether what fails takes more than half of the places; when it has all of them, nothing else is delivered. */
  async #manyFail(): Promise<boolean> {
    try {
      const manager = await this.nats.jetstream.jetstreamManager(false);
      const { num_redelivered, config } = await manager.consumers.info(eventStream.name, this.durable);
      return num_redelivered > (config.max_ack_pending ?? Infinity) / 2;
    } catch {
      return false;
    }
  }

  async #handle(message: JsMsg): Promise<void> {
    const body = parsed(message);
    this.#requireTold(message, body);
    const envelope = envelopeSchema.parse(body);
    const event = this.#events.get(envelope.type);
    if (event === undefined) throw new Error(`${envelope.type} is for a later version of this consumer.`);
    const data = event.data.parse(envelope.data);
    const { redelivered, info } = message;
    await this.consumer.handle({ ...envelope, data }, { redelivered, deliveries: info.deliveryCount });
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
    this.#log.error({ message: `Left out what is on ${message.subject}: ${reason}`, alert: true });
  }

  /** Nothing more is tried: the event goes to the dead letters, from where an operator can send it again. */
  async #bury(message: JsMsg, reason: string): Promise<void> {
    const { headers: names } = eventStream;
    const head = headers();
    head.set(names.subject, this.#cameOn(message));
    head.set(names.reason, reason.split('\n')[0]!.slice(0, 500));
    head.set(names.deliveries, String(message.info.deliveryCount));
    try {
      const id = `${this.durable}:${message.seq}`;
      await this.nats.jetstream.publish(`${eventStream.dead}.${this.durable}`, message.data, {
        headers: head,
        msgID: id,
      });
      message.term('dead letter');
      this.#log.error({
        message: `Given up on ${this.#cameOn(message)}: ${reason}`,
        alert: true,
        event: message.string(),
      });
    } catch (error) {
      this.#log.error(`The dead letter for ${message.subject} cannot be stored: ${describe(error)}`);
      message.nak(this.#backoff.at(-1) ?? 1_000);
    }
  }

  /** The subject on which the event was told, also when it was put back since. */
  #cameOn({ subject, headers: head }: JsMsg): string {
    return (subject === this.#retries && head?.get(eventStream.headers.subject)) || subject;
  }

  #report(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== this.#trouble) this.#log.error(`Events are not heard: ${message}`);
    this.#trouble = message;
  }
}

function parsed(message: JsMsg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}

/** Events of one account are handled one after the other; those without an account by organization. */
function laneOf(message: JsMsg): string {
  try {
    const { accountId, organizationId } = message.json<{ accountId?: unknown; organizationId?: unknown }>();
    return String(accountId ?? organizationId);
  } catch {
    return String(message.seq);
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
