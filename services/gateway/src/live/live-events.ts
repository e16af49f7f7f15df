import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DeliverPolicy, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { nuid } from '@nats-io/transport-node';
import { envelopeSchema, eventStream, filterOfAllEvents, isKeptFromOrganizations } from '@tenure/contracts';
import { Nats } from '@tenure/platform/messaging';
import { liveEvent, type LiveEvent } from '../domain/live.js';
import { RecentEvents } from '../domain/recent-events.js';

/** How many events are kept for those who come back after a break. */
const kept = 10_000;

/**
 * What happens, as it happens: one ordered consumer of this process on the stream of events, however many pages are
 * open. It begins somewhat in the past, so that a restart of the gateway is no break for anybody who comes back once that
 * has been read.
 */
@Injectable()
export class LiveEvents implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Live');
  readonly #recent = new RecentEvents(kept);
  readonly #heard = new Set<(event: LiveEvent) => void>();
  readonly #begun = new Set<() => void>();
  readonly #stop = new AbortController();
  #messages: ConsumerMessages | undefined;
  #trouble = '';

  constructor(private readonly nats: Nats) {}

  /** Nobody waits for it: all but the live pages work without. */
  onApplicationBootstrap(): void {
    void this.#run();
    void this.#watch();
  }

  beforeApplicationShutdown(): void {
    this.#stop.abort();
    this.#messages?.stop();
  }

  /** Whether events are heard at the moment. */
  get hears(): boolean {
    return this.#messages !== undefined && this.nats.connected;
  }

  /** Where the stream stands. */
  get last(): number {
    return this.#recent.last;
  }

  /** What came after `sequence`; undefined when that is too long ago to say, or not read yet. */
  after(sequence: number): LiveEvent[] | undefined {
    return this.#recent.after(sequence);
  }

  onEvent(hear: (event: LiveEvent) => void): void {
    this.#heard.add(hear);
  }

  /** Calls back when it begins anew: what happened since the last event is not told. */
  onBegin(hear: () => void): void {
    this.#begun.add(hear);
  }

  /** Goes on where it was after each break; begins anew when the stream is not there, or is another one. */
  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        this.#messages = await this.#open();
        this.#trouble = '';
        const error = await this.#messages.closed();
        if (error instanceof Error) throw error;
      } catch (error) {
        if (String(error) !== this.#trouble) this.#log.warn(`Events are not heard: ${String(error)}`);
        this.#trouble = String(error);
      }
      this.#messages = undefined;
      await delay(1_000, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
    }
  }

  /** NATS may have come back without the consumer, which would be noticed late. */
  async #watch(): Promise<void> {
    for await (const { type } of this.nats.connection.status()) if (type === 'reconnect') this.#messages?.stop();
  }

  async #open(): Promise<ConsumerMessages> {
    const { jetstream } = this.nats;
    const manager = await jetstream.jetstreamManager(false);
    const { state } = await manager.streams.info(eventStream.name);
    const goesOn = this.#recent.goesOnIn(state.first_seq, state.last_seq);
    const start = goesOn ? this.#recent.last + 1 : Math.max(state.first_seq, state.last_seq - kept + 1);
    if (!goesOn) {
      this.#recent.begin(start - 1, state.last_seq);
      for (const hear of this.#begun) hear();
    }
    const consumer = await jetstream.consumers.get(eventStream.name, {
      name_prefix: `gateway_${nuid.next()}`,
      // One filter, so that NATS sees by the subject of the request which consumer is asked for, and of what.
      filter_subjects: filterOfAllEvents,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: Math.max(1, start),
    });
    if ((await consumer.info(true)).num_pending === 0) this.#recent.caughtUp();
    return consumer.consume({ callback: (message) => this.#receive(message) });
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
