import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  AckPolicy,
  DeliverPolicy,
  PubHeaders,
  type ConsumerConfig,
  type ConsumerMessages,
  type JsMsg,
} from '@nats-io/jetstream';
import { nanos, type Subscription } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { eventFilter, eventStream } from '@tenure/contracts';
import type { Nats } from '../nats/nats.js';
import type { ReadinessCheck } from '../process/health.js';
import { onceAtATime } from '../process/once-at-a-time.js';
import { onBehalfOf, readRequestId } from '../process/request-id.js';
import { inWords, readBacklog, type Backlog } from './backlog.js';
import type { EventConsumer } from './handler.js';
import { retrySubject, Settling } from './settling.js';
import { ensureEventStream, unlessMissing, type EventStreamSettings } from './stream.js';

/** The settings of an operator for all consumers of the process. */
export interface ConsumerSettings {
  /** How many times an event is delivered before the consumer gives up on it. */
  deliveries: number;
  /** The process is not ready while the oldest unsettled event is older than this, in seconds; 0 turns this off. */
  lagLimitSeconds: number;
  /** JetStream redelivers an event if it has not heard from the consumer for this long. */
  ackSeconds: number;
}

const defaultBackoff = [1, 2, 5, 15, 30, 60, 120, 300, 600, 900, 1_200].map((second) => second * 1_000);

/**
 * A running durable consumer: explicit acknowledgments, backoff, dead events, and the events of one account in order.
 */
export class RunningConsumer {
  readonly durable: string;
  readonly readiness: ReadinessCheck;
  readonly #log: Logger;
  readonly #atOnce: number;
  readonly #settling: Settling;
  /** Messages that this process holds unsettled; it keeps extending their deadline at the server. */
  readonly #held = new Set<JsMsg>();
  /** The filter subjects: those of each event, and that of retries by an operator. */
  readonly #filters: string[];
  /** The tail of each account's queue. */
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();
  /** Aborted when the process ends or leaves events to other instances: what it holds is returned. */
  #leaving = new AbortController();
  #messages: ConsumerMessages | undefined;
  #running: Promise<void> | undefined;
  #trouble: string | undefined = 'it has not started yet';

  constructor(
    { durable, handlers, atOnce = 16, backoff = defaultBackoff }: EventConsumer,
    private readonly nats: Nats,
    private readonly stream: EventStreamSettings,
    private readonly settings: ConsumerSettings,
    suspect: () => void,
  ) {
    this.durable = durable;
    this.readiness = { name: `consumer ${durable}`, check: () => this.#check() };
    this.#filters = [...handlers.map(({ event }) => eventFilter(event)), retrySubject(durable)].sort();
    this.#log = new Logger(`Consumer ${durable}`);
    this.#atOnce = atOnce;
    const consumer = { durable, handlers, atOnce, backoff };
    this.#settling = new Settling(consumer, settings.deliveries, nats, this.#log, {
      leaving: () => this.#leaving.signal,
      suspect,
    });
  }

  async start(): Promise<void> {
    this.#messages = await this.#open();
    const backlog = await this.backlog().then(inWords, () => undefined);
    if (backlog !== undefined) this.#log.warn(backlog);
    this.#running = this.#run();
  }

  /** Accepts no more messages, finishes those being handled, and returns the rest for immediate redelivery. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.leave();
    await this.#running;
  }

  /** Accepts no more messages until `join`, and returns what it holds for immediate redelivery to another instance. */
  async leave(): Promise<void> {
    this.#leaving.abort();
    if (this.#messages !== undefined) await this.#end(this.#messages);
    await Promise.all(this.#lanes.values());
  }

  join(): void {
    this.#leaving = new AbortController();
  }

  /** The consumer's backlog. */
  readonly backlog: () => Promise<Backlog> = onceAtATime(() => readBacklog(this.nats, this.durable));

  async #check(): Promise<string | undefined> {
    if (this.#stop.signal.aborted) throw new Error('it has been stopped');
    if (this.#trouble !== undefined) throw new Error(this.#trouble);
    // An unknown backlog does not make the process unready.
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
          if (this.#leaving.signal.aborted)
            throw new Error('other instances get them while this one cannot reach what it needs');
          this.#messages ??= await this.#open();
          if (this.#leaving.signal.aborted) await this.#end(this.#messages); // While it was being opened there was nothing to stop.
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

  /** Creates the stream and the consumer if they are missing, or updates what may change of the consumer. */
  async #open(): Promise<ConsumerMessages> {
    await ensureEventStream(this.nats, this.stream);
    const manager = await this.nats.jetstream.jetstreamManager(false);
    const before = await manager.consumers.info(eventStream.name, this.durable).catch(unlessMissing);
    // Keeps the subjects that a later version consumes, while it runs beside this one and after a rollback: an event
    // that arrives while its subject is missing would never be delivered.
    const filters = new Set([...(before?.config.filter_subjects ?? []), ...this.#filters]);
    const changeable = { ack_wait: nanos(this.settings.ackSeconds * 1_000), filter_subjects: [...filters].sort() };
    const config: Partial<ConsumerConfig> = {
      durable_name: this.durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      // Deliveries are counted here: at a limit of its own, JetStream would silently stop delivering.
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

  /**
   * Ends the consumption once the events on their way have been received, and so are returned. The library can only
   * stop: that drops them, and nobody else gets them before their ack deadline.
   */
  async #end(messages: ConsumerMessages): Promise<void> {
    await this.nats.drain((messages as ConsumerMessages & { readonly sub: Subscription }).sub);
    messages.stop();
  }

  #receive(message: JsMsg): void {
    this.#held.add(message);
    const lane = laneOf(message);
    const eventId = readRequestId(message.headers?.get(PubHeaders.MsgIdHdr));
    const turn = (this.#lanes.get(lane) ?? Promise.resolve()).then(() =>
      onBehalfOf(eventId, () => this.#settling.settle(message)),
    );
    this.#lanes.set(lane, turn);
    void turn.finally(() => {
      this.#held.delete(message);
      if (this.#lanes.get(lane) === turn) this.#lanes.delete(lane);
    });
  }

  #report(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== this.#trouble) this.#log.error(`Events are not received: ${message}`);
    this.#trouble = message;
  }
}

/** Events of one account are handled in order; those without an account, in order per organization. */
function laneOf(message: JsMsg): string {
  try {
    const { accountId, organizationId } = message.json<{ accountId?: unknown; organizationId?: unknown }>();
    return String(accountId ?? organizationId);
  } catch {
    return String(message.seq);
  }
}
