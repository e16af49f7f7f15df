import { MikroORM } from '@mikro-orm/postgresql';
import { checkSchema } from '../database/check-schema.js';
import { Database } from '../database/database.js';
import { databaseOptions, type ServiceDatabase } from '../database/options.js';
import { Nats } from '../nats/nats.js';
import { OutboxRelay } from '../outbox/relay.js';
import { noteOfClock } from './clocks.js';
import { Health } from './health.js';
import { inTime } from './in-time.js';
import { onceAtATime } from './once-at-a-time.js';
import { Settings, type Storage } from './platform.module.js';

/** Global providers for a process with this database: `Database` and `OutboxRelay`. */
export function storageOf({ service, entities }: Pick<ServiceDatabase, 'service' | 'entities'>): Storage {
  const providers: Storage['providers'] = [
    {
      provide: MikroORM,
      inject: [Settings],
      useFactory: ({ database: { url, connections } }: Settings) =>
        MikroORM.init(databaseOptions({ service, entities }, url, { connections })),
    },
    {
      provide: Database,
      inject: [MikroORM, Health],
      useFactory: async (orm: MikroORM, health: Health) => {
        const database = new Database(orm, service);
        await checkSchema(orm, database);
        // The metrics need it twice. A read that hangs does not keep a later one from its own connection.
        const time = onceAtATime(() => inTime(database.answers()));
        health.add({
          name: 'database',
          check: async () => noteOfClock(await time(), new Date()),
          isReachable: () => database.isReachable(),
        });
        health.addClock('database', time);
        return database;
      },
    },
    {
      provide: OutboxRelay,
      inject: [MikroORM, Database, Nats, Settings, Health],
      useFactory: (orm: MikroORM, database: Database, nats: Nats, { stream }: Settings, health: Health) => {
        const relay = new OutboxRelay(orm, database, nats, stream);
        health.add(relay.readiness);
        relay.measure(health.metrics);
        return relay;
      },
    },
  ];
  return { providers, exports: [Database, OutboxRelay] };
}
