import { MikroORM } from '@mikro-orm/postgresql';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../database/database.js';
import { databaseOptions, type ServiceDatabase } from '../database/options.js';
import type { ConsumerSettings } from '../events/consumer.js';
import { Consumers } from '../events/consumers.js';
import type { EventStreamSettings } from '../events/stream.js';
import { Nats, type NatsSettings } from '../nats/nats.js';
import { Services } from '../nats/services.js';
import { OutboxRelay } from '../outbox/relay.js';
import { readConfiguration } from './configuration.js';
import { Health } from './health.js';

const messagingSchema = z.object({
  NATS_URL: z.string(),
  NATS_USER: z.string(),
  NATS_PASSWORD: z.string(),
  EVENTS_MAX_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(1024 ** 3),
  EVENTS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  /** With the back-off as it is, 12 deliveries are about an hour. */
  EVENTS_DELIVERIES: z.coerce.number().int().min(1).default(12),
  EVENTS_LAG_LIMIT_SECONDS: z.coerce.number().int().min(0).default(0),
  EVENTS_ACK_SECONDS: z.coerce.number().int().min(1).default(30),
});
const storageSchema = messagingSchema.extend({
  DATABASE_URL: z.string(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).default(10),
});

/** The environment, read once, so that all that is wrong with it is said at once. */
class Settings {
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

/** A process without a database names only itself. */
export type PlatformOptions = Pick<ServiceDatabase, 'service'> & Partial<Omit<ServiceDatabase, 'service'>>;

/** For every module of the process: `Nats`, `Services`, `Consumers`, `Health`, and with entities `Database` and `OutboxRelay`. */
export function platformModule({ service, entities }: PlatformOptions): DynamicModule {
  const messaging: Provider[] = [
    Health,
    { provide: Settings, useFactory: () => Settings.read(entities !== undefined) },
    {
      provide: Nats,
      inject: [Settings, Health],
      useFactory: async (settings: Settings, health: Health) => {
        const nats = await Nats.connect(settings.nats);
        health.add({
          name: 'nats',
          check: () => {
            if (!nats.connected) throw new Error('not connected');
          },
        });
        return nats;
      },
    },
    Services,
    {
      provide: Consumers,
      inject: [Nats, Settings, Health],
      useFactory: (nats: Nats, { stream, consumers }: Settings, health: Health) =>
        new Consumers(nats, stream, consumers, health),
    },
  ];
  const storage: Provider[] = [
    {
      provide: MikroORM,
      inject: [Settings],
      useFactory: ({ database: { url, connections } }: Settings) =>
        MikroORM.init(databaseOptions({ service, entities: entities ?? [] }, url, { connections })),
    },
    {
      provide: Database,
      inject: [MikroORM, Health],
      useFactory: (orm: MikroORM, health: Health) => {
        const database = new Database(orm, service);
        health.add({ name: 'database', check: () => database.answers() });
        return database;
      },
    },
    {
      provide: OutboxRelay,
      inject: [MikroORM, Database, Nats, Settings, Health],
      useFactory: (orm: MikroORM, database: Database, nats: Nats, { stream }: Settings, health: Health) => {
        const relay = new OutboxRelay(orm, database, nats, stream);
        health.add(relay.readiness);
        health.measure(...relay.metrics);
        return relay;
      },
    },
  ];
  return {
    module: PlatformModule,
    global: true,
    providers: entities === undefined ? messaging : [...messaging, ...storage],
    exports: [Health, Nats, Services, Consumers, ...(entities === undefined ? [] : [Database, OutboxRelay])],
  };
}
