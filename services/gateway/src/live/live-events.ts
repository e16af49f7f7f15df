import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DeliverPolicy, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { nuid } from '@nats-io/transport-node';
import { envelopeSchema, eventStream, filterOfAllEvents, isKeptFromOrganizations } from '@tenure/contracts';
import { Nats } from '@tenure/platform/messaging';
import { liveEvent, type LiveEvent } from '../domain/live.js';
import { RecentEvents } from '../domain/recent-events.js';

/** How many events are kept for pages that reconnect. */
const eventsKept = 10_000;

/**
 * The events as they happen. The process has one ordered consumer on the stream of events, however many pages are open.
 * It starts somewhat in the past: once it has caught up, pages that reconnect after a restart of the gateway miss
 * nothing.
 */
@Injectable()
export class LiveEvents implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Live');
  readonly #recent = new RecentEvents(eventsKept);
  readonly #heard = new Set<(event: LiveEvent) => void>();
  readonly #begun = new Set<() => void>();
  readonly #stop = new AbortController();
  #messages: ConsumerMessages | undefined;
  #trouble = '';

  constructor(private readonly nats: Nats) {}

  /** Startup does not wait for it: everything except live updates works without it. */
  onApplicationBootstrap(): void {
    void this.#run();
    void this.#watch();
  }

  beforeApplicationShutdown(): void {
    this.#stop.abort();
    this.#messages?.stop();
  }

  /** Whether events are being received at the moment. */
  get isReceiving(): boolean {
    return this.#messages !== undefined && this.nats.connected;
  }

  /** The latest position in the stream. */
  get last(): number {
    return this.#recent.last;
  }

  /** The events after `sequence`; undefined if that is too far back or not read yet. */
  after(sequence: number): LiveEvent[] | undefined {
    return this.#recent.after(sequence);
  }

  onEvent(hear: (event: LiveEvent) => void): void {
    this.#heard.add(hear);
  }

  /** Calls back when the consumer starts over: the events since the last one are missed. */
  onBegin(hear: () => void): void {
    this.#begun.add(hear);
  }

  /** Resumes at its last position after a break; starts over if the stream was gone or is a different one. */
  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        this.#messages = await this.#open();
        this.#trouble = '';
        void this.#watchHeartbeats(this.#messages);
        const error = await this.#messages.closed();
        if (error instanceof Error) throw error;
      } catch (error) {
        if (String(error) !== this.#trouble) this.#log.warn(`Events cannot be received: ${String(error)}`);
        this.#trouble = String(error);
      }
      this.#messages = undefined;
      await delay(1_000, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
    }
  }

  /** After a reconnect NATS may no longer have the consumer, which would otherwise be noticed late. */
  async #watch(): Promise<void> {
    for await (const { type } of this.nats.connection.status()) if (type === 'reconnect') this.#messages?.stop();
  }

  /**
   * If another server of the cluster held the consumer and was restarted, no error says so. The client alone would ask
   * for the consumer only every half minute.
   */
  async #watchHeartbeats(messages: ConsumerMessages): Promise<void> {
    for await (const { type } of messages.status()) if (type === 'heartbeats_missed') messages.stop();
  }

  async #open(): Promise<ConsumerMessages> {
    const { jetstream } = this.nats;
    const manager = await jetstream.jetstreamManager(false);
    const { state } = await manager.streams.info(eventStream.name);
    const continues = this.#recent.continuesIn(state.first_seq, state.last_seq);
    const start = continues ? this.#recent.last + 1 : Math.max(state.first_seq, state.last_seq - eventsKept + 1);
    if (!continues) {
      this.#recent.begin(start - 1, state.last_seq);
      for (const hear of this.#begun) hear();
    }
    const consumer = await jetstream.consumers.get(eventStream.name, {
      name_prefix: `gateway_${nuid.next()}`,
      // With a single filter, the subject of the request names consumer and filter, so that NATS can check the
      // permission.
      filter_subjects: filterOfAllEvents,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: Math.max(1, start),
    });
    if ((await consumer.info(true)).num_pending === 0) this.#recent.caughtUp();
    return consumer.consume({ callback: (message) => this.#receive(message), idle_heartbeat: 5_000 });
  }

  #receive(message: JsMsg): void {
    const event = this.#read(message);
    const isNew = this.#recent.add(message.seq, event);
    if (message.info.pending === 0) this.#recent.caughtUp();
    if (isNew && event !== undefined) for (const hear of this.#heard) hear(event);
  }

  #read(message: JsMsg): LiveEvent | undefined {
    try {
      return liveEvent(envelopeSchema.parse(message.json()), message.seq, isKeptFromOrganizations);
    } catch {
      this.#log.warn(`An event on ${message.subject} cannot be read.`);
      return undefined;
    }
  }
}
