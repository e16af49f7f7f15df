/** What defines and migrates a schema. A migration loads only this: with Nest it takes 50% longer to start. */
export { runMigrations } from './migrations.js';
export { migrateSchema } from './migrate-schema.js';
export { databaseOptions, organizationPolicies, type Migrations, type ServiceDatabase } from './options.js';
export { outboxMigration } from '../outbox/outbox.js';
