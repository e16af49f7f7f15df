export { DeadEvents, type DeadEvent } from './events/dead-events.js';
export { findBinary, natsServerBinary, temporalBinary } from './servers/binaries.js';
export { findNatsCommandLine } from './servers/nats-command-line.js';
export { inboxPrefix, natsConfig, startNats, type Nats, type NatsOptions, type NatsUser } from './servers/nats.js';
export { pythonWith } from './servers/python.js';
export { accepts, freePort, isFree } from './servers/ports.js';
export { startPostgres, type Postgres, type PostgresOptions } from './servers/postgres.js';
export {
  asRole,
  createRoles,
  databaseServices,
  grantDatabase,
  inDatabase,
  loginRoles,
  type DatabaseService,
  type RoleName,
  type RolePasswords,
} from './servers/roles.js';
export type { ServerProcess } from './servers/server-process.js';
export { startTemporal, temporalNamespace, type Temporal, type TemporalOptions } from './servers/temporal.js';
export { Secrets } from './secrets.js';
export { startMailbox, type Mailbox, type MailboxOptions } from './mailbox/mailbox.js';
export type { Email } from './mailbox/email.js';
export {
  startIdentityProvider,
  type IdentityProvider,
  type IdentityProviderOptions,
} from './identity-provider/identity-provider.js';
export { apiAudience } from './identity-provider/api-resource.js';
export type { Person } from './identity-provider/person.js';
