import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { z } from 'zod';
import type { ConsumerSettings } from '../events/consumer.js';
import { Consumers } from '../events/consumers.js';
import type { EventStreamSettings } from '../events/stream.js';
import { Nats, type NatsSettings } from '../nats/nats.js';
import { Services } from '../nats/services.js';
import { readConfiguration } from './configuration.js';
import { databaseUrl } from './database-url.js';
import { Health } from './health.js';
import { StandingAside } from './standing-aside.js';

export const messagingSchema = z.object({
  NATS_URL: z.string(),
  NATS_USER: z.string(),
  NATS_PASSWORD: z.string(),
  EVENTS_MAX_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(1024 ** 3),
  EVENTS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  /** With the default backoff, 12 deliveries take about an hour. */
  EVENTS_DELIVERIES: z.coerce.number().int().min(1).default(12),
  EVENTS_LAG_LIMIT_SECONDS: z.coerce.number().int().min(0).default(0),
  EVENTS_ACK_SECONDS: z.coerce.number().int().min(1).default(30),
});
export const storageSchema = messagingSchema.extend({
  DATABASE_URL: databaseUrl,
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).default(10),
});

/** The part of the environment that the platform's providers need. */
export class Settings {
  private constructor(
    readonly nats: NatsSettings,
    readonly stream: EventStreamSettings,
    readonly consumers: ConsumerSettings,
    readonly database: { url: string; connections: number },
  ) {}

  static read(withDatabase: boolean): Settings {
    const read: z.output<typeof messagingSchema> & Partial<z.output<typeof storageSchema>> = readConfiguration(
      withDatabase ? storageSchema : messagingSchema,
    );
    return new Settings(
      { url: read.NATS_URL, user: read.NATS_USER, password: read.NATS_PASSWORD },
      { maxBytes: read.EVENTS_MAX_BYTES, replicas: read.EVENTS_REPLICAS },
      {
        deliveries: read.EVENTS_DELIVERIES,
        lagLimitSeconds: read.EVENTS_LAG_LIMIT_SECONDS,
        ackSeconds: read.EVENTS_ACK_SECONDS,
      },
      { url: read.DATABASE_URL ?? '', connections: read.DATABASE_CONNECTIONS ?? 0 },
    );
  }
}

@Module({})
class PlatformModule {}

/**
 * What a process with a database has in addition. Passed in from outside, so that a process without one does not load
 * it, which would take a third of its start.
 */
export interface Storage {
  providers: Provider[];
  exports: Type[];
}

/** Global providers for the process: `Nats`, `Services`, `Consumers`, `Health`, and those of its storage. */
export function platformModule(storage?: Storage): DynamicModule {
  const messaging: Provider[] = [
    Health,
    StandingAside,
    { provide: Settings, useFactory: () => Settings.read(storage !== undefined) },
    {
      provide: Nats,
      inject: [Settings, Health],
      useFactory: async (settings: Settings, health: Health) => {
        const nats = await Nats.connect(settings.nats);
        health.add({ name: 'nats', check: () => nats.checkConnected() });
        return nats;
      },
    },
    Services,
    {
      provide: Consumers,
      inject: [Nats, Settings, Health, StandingAside],
      useFactory: (nats: Nats, { stream, consumers }: Settings, health: Health, aside: StandingAside) =>
        new Consumers(nats, stream, consumers, health, aside),
    },
  ];
  return {
    module: PlatformModule,
    global: true,
    providers: [...messaging, ...(storage?.providers ?? [])],
    exports: [Health, StandingAside, Nats, Services, Consumers, ...(storage?.exports ?? [])],
  };
}
