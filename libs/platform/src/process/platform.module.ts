import { MikroORM } from '@mikro-orm/postgresql';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../database/database.js';
import { databaseOptions, type ServiceDatabase } from '../database/options.js';
import { Consumers } from '../events/consumers.js';
import type { EventStreamSettings } from '../events/stream.js';
import { Nats } from '../nats/nats.js';
import { Services } from '../nats/services.js';
import { OutboxRelay } from '../outbox/relay.js';
import { readConfiguration } from './configuration.js';
import { Health } from './health.js';

const natsSchema = z.object({
  NATS_URL: z.string(),
  NATS_USER: z.string(),
  NATS_PASSWORD: z.string(),
  EVENTS_MAX_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(1024 ** 3),
  EVENTS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
});
const databaseSchema = z.object({
  DATABASE_URL: z.string(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).default(10),
});

@Module({})
class PlatformModule {}

/** A process without a database names only itself. */
export type PlatformOptions = Pick<ServiceDatabase, 'service'> & Partial<Omit<ServiceDatabase, 'service'>>;

/** For every module of the process: `Nats`, `Services`, `Consumers`, `Health`, and with entities `Database` and `OutboxRelay`. */
export function platformModule({ service, entities }: PlatformOptions): DynamicModule {
  const stream = (): EventStreamSettings => {
    const { EVENTS_MAX_BYTES, EVENTS_REPLICAS } = readConfiguration(natsSchema);
    return { maxBytes: EVENTS_MAX_BYTES, replicas: EVENTS_REPLICAS };
  };
  const messaging: Provider[] = [
    Health,
    {
      provide: Nats,
      inject: [Health],
      useFactory: async (health: Health) => {
        const { NATS_URL, NATS_USER, NATS_PASSWORD } = readConfiguration(natsSchema);
        const nats = await Nats.connect({ url: NATS_URL, user: NATS_USER, password: NATS_PASSWORD });
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
      inject: [Nats, Health],
      useFactory: (nats: Nats, health: Health) => new Consumers(nats, stream(), health),
    },
  ];
  const storage: Provider[] = [
    {
      provide: MikroORM,
      useFactory: () => {
        const { DATABASE_URL, DATABASE_CONNECTIONS } = readConfiguration(databaseSchema);
        return MikroORM.init(
          databaseOptions(service, entities ?? [], DATABASE_URL, { connections: DATABASE_CONNECTIONS }),
        );
      },
    },
    {
      provide: Database,
      inject: [MikroORM, Health],
      useFactory: (orm: MikroORM, health: Health) => {
        const database = new Database(orm, service);
        health.add({
          name: 'database',
          check: () => database.asService(async (em) => void (await em.execute('select 1'))),
        });
        return database;
      },
    },
    {
      provide: OutboxRelay,
      inject: [MikroORM, Database, Nats, Health],
      useFactory: (orm: MikroORM, database: Database, nats: Nats, health: Health) => {
        const relay = new OutboxRelay(orm, database, nats, stream());
        health.add(relay.readiness);
        health.measure(...relay.metrics);
        return relay;
      },
    },
  ];
  const providers = entities === undefined ? messaging : [...messaging, ...storage];
  return {
    module: PlatformModule,
    global: true,
    providers,
    exports: [Health, Nats, Services, Consumers, ...(entities === undefined ? [] : [Database, OutboxRelay])],
  };
}
