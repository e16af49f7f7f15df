import {
  Injectable,
  type BeforeApplicationShutdown,
  type InjectionToken,
  type OnApplicationBootstrap,
  type Provider,
  type Type,
} from '@nestjs/common';
import type { Envelope, Event } from '@tenure/contracts';
import { Nats } from '../nats/nats.js';
import { Health, type Metric } from '../process/health.js';
import type { Backlog } from './backlog.js';
import { RunningConsumer, type ConsumerSettings, type Delivery, type EventConsumer } from './consumer.js';
import type { EventStreamSettings } from './stream.js';

/** The consumers of the process: started when everything is wired, stopped after the last request was answered. */
@Injectable()
export class Consumers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #consumers: RunningConsumer[] = [];

  constructor(
    private readonly nats: Nats,
    private readonly stream: EventStreamSettings,
    private readonly settings: ConsumerSettings,
    private readonly health: Health,
  ) {
    const gauge = (name: string, help: string, figure: keyof Backlog): Metric => ({
      name,
      help,
      type: 'gauge',
      read: () =>
        Promise.all(
          this.#consumers.map(async (consumer) => ({
            labels: { consumer: consumer.durable },
            value: (await consumer.backlog())[figure],
          })),
        ),
    });
    health.measure(
      gauge('tenure_consumer_waiting', 'Events that the consumer has not been given yet.', 'waiting'),
      gauge('tenure_consumer_unsettled', 'Events that the consumer was given and has not settled.', 'unsettled'),
      gauge(
        'tenure_consumer_oldest_seconds',
        'Age of the oldest event that the consumer has not settled.',
        'oldestSeconds',
      ),
      gauge('tenure_consumer_dead', 'Events that the consumer has given up and that nobody has put back.', 'dead'),
    );
  }

  /** Before the start: what `provideConsumer` does. */
  add<E extends Event>(consumer: EventConsumer<E>): RunningConsumer {
    if (this.#consumers.some(({ durable }) => durable === consumer.durable))
      throw new Error(`There are two consumers named ${consumer.durable}: each would get some of the events.`);
    const running = new RunningConsumer(consumer as unknown as EventConsumer, this.nats, this.stream, this.settings);
    this.#consumers.push(running);
    this.health.add(running.readiness);
    return running;
  }

  async onApplicationBootstrap(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.start()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.stop()));
  }
}

type Injected<I extends readonly Type[]> = { [K in keyof I]: I[K] extends Type<infer T> ? T : never };

export interface ProvidedConsumer<E extends Event, I extends readonly Type[]> extends Omit<EventConsumer<E>, 'handle'> {
  /** The providers that the handler needs; it is given them after the envelope and the delivery. */
  inject?: readonly [...I];
  handle(envelope: Envelope<E>, delivery: Delivery, ...injected: Injected<I>): Promise<void>;
}

/** A provider for a module: hears the events as long as the process runs. */
export function provideConsumer<E extends Event, const I extends readonly Type[] = []>({
  inject,
  handle,
  ...consumer
}: ProvidedConsumer<E, I>): Provider {
  return {
    provide: Symbol(`consumer ${consumer.durable}`),
    inject: [Consumers, ...((inject ?? []) as InjectionToken[])],
    useFactory: (consumers: Consumers, ...injected: unknown[]) =>
      consumers.add<E>({
        ...consumer,
        handle: (envelope, delivery) => handle(envelope, delivery, ...(injected as Injected<I>)),
      }),
  };
}
