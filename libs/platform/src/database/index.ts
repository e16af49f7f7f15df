/** What a schema is made of and brought up to date by. A migration loads this alone: with Nest it took half as long again to start. */
export { runMigrations } from './migrations.js';
export { databaseOptions, organizationPolicies, type Migrations, type ServiceDatabase } from './options.js';
export { outboxMigration } from '../outbox/outbox.js';
