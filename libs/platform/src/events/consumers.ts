import {
  Injectable,
  type BeforeApplicationShutdown,
  type InjectionToken,
  type OnApplicationBootstrap,
  type Provider,
  type Type,
} from '@nestjs/common';
import { Nats } from '../nats/nats.js';
import { Health } from '../process/health.js';
import type { StandingAside } from '../process/standing-aside.js';
import { RunningConsumer, type ConsumerSettings } from './consumer.js';
import type { EventConsumer, EventHandler } from './handler.js';
import type { EventStreamSettings } from './stream.js';

/** The consumers of the process: started once everything is wired, stopped after the last request was answered. */
@Injectable()
export class Consumers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #consumers: RunningConsumer[] = [];

  constructor(
    private readonly nats: Nats,
    private readonly stream: EventStreamSettings,
    private readonly settings: ConsumerSettings,
    private readonly health: Health,
    private readonly aside: StandingAside,
  ) {
    health.metrics.gauges({
      labels: ['consumer'],
      read: () => this.#backlogs(),
      gauges: {
        waiting: ['tenure_consumer_waiting', 'Events not delivered to the consumer yet.'],
        unsettled: ['tenure_consumer_unsettled', 'Events delivered to the consumer and not settled yet.'],
        oldestSeconds: ['tenure_consumer_oldest_seconds', 'Age of the oldest event that the consumer has not settled.'],
        dead: ['tenure_consumer_dead', 'Events that the consumer gave up on and that nobody has retried.'],
      },
    });
  }

  #backlogs() {
    return Promise.all(
      this.#consumers.map(async (consumer) => ({
        labels: { consumer: consumer.durable },
        ...(await consumer.backlog()),
      })),
    );
  }

  /** Called before the start, by `provideConsumer`. */
  add(consumer: EventConsumer): RunningConsumer {
    if (this.#consumers.some(({ durable }) => durable === consumer.durable))
      throw new Error(`There are two consumers named ${consumer.durable}: each would get some of the events.`);
    const running = new RunningConsumer(consumer, this.nats, this.stream, this.settings, () => this.aside.suspect());
    this.aside.add(running);
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

export interface ProvidedConsumer<I extends readonly Type[]> extends Omit<EventConsumer, 'handlers'> {
  /** The providers that the handlers need. */
  inject?: readonly [...I];
  /** The handler of each event: `on(event, …)`. */
  handlers(...injected: Injected<I>): readonly EventHandler[];
}

/** A provider for a module: consumes the events as long as the process runs. */
export function provideConsumer<const I extends readonly Type[] = []>({
  inject,
  handlers,
  ...consumer
}: ProvidedConsumer<I>): Provider {
  return {
    provide: Symbol(`consumer ${consumer.durable}`),
    inject: [Consumers, ...((inject ?? []) as InjectionToken[])],
    useFactory: (consumers: Consumers, ...injected: unknown[]) =>
      consumers.add({ ...consumer, handlers: handlers(...(injected as Injected<I>)) }),
  };
}
