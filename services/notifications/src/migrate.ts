import { runMigrations } from '@tenure/platform';
import { notificationsDatabase } from './database/database.js';

const { service, entities, migrations } = notificationsDatabase;
await runMigrations(service, entities, migrations);
