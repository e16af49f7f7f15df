export { Database, databaseTime } from './database/database.js';
export { grantAll, runMigrations } from './database/migrations.js';
export {
  databaseOptions,
  organizationPolicies,
  type DatabaseOptions,
  type Entities,
  type Migrations,
  type ServiceDatabase,
} from './database/options.js';
export { forUpdate, idArray, queryRows, readRow, readRows } from './database/rows.js';
export { containing, instantText } from './database/text.js';
export { Together, type TogetherOptions } from './database/together.js';
export { lastly, sendAlong } from './database/transaction.js';
export type { EventConsumer } from './events/consumer.js';
export { Consumers, provideConsumer, type ProvidedConsumer } from './events/consumers.js';
export { DeliverLater, on, RetryLater, type Delivery, type EventHandler } from './events/settling.js';
export { Answers, CalledBy } from './nats/messages.js';
export { Nats, type NatsSettings } from './nats/nats.js';
export { NatsServer, type NatsServerOptions } from './nats/nats-server.js';
export { fieldErrors, passErrorsOn, schemaPipe, toProblem } from './nats/problems.js';
export { Services } from './nats/services.js';
export {
  OutboxMessage,
  outboxMigration,
  recordEvent,
  recordEvents,
  recordLatestEvent,
  type Recorded,
} from './outbox/outbox.js';
export { readCursor, writeCursor } from './pages/cursor.js';
export { pageFrom } from './pages/page.js';
export { OutboxRelay } from './outbox/relay.js';
export { ConfigurationError, readConfiguration } from './process/configuration.js';
export { crashPoint } from './process/crash-point.js';
export { Health, type Metric, type ReadinessCheck, type Sample } from './process/health.js';
export { JsonLog } from './process/log.js';
export { Loop } from './process/loop.js';
export { platformModule, type PlatformOptions } from './process/platform.module.js';
export {
  bootService,
  startService,
  type HttpOptions,
  type RunningService,
  type ServiceOptions,
} from './process/start-service.js';
