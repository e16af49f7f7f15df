import { runMigrations } from '@tenure/platform';
import { notificationsDatabase } from './database/database.js';

await runMigrations(notificationsDatabase);
