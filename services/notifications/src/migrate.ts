import { runMigrations } from '@tenure/platform/database';
import { notificationsDatabase } from './database/database.js';

await runMigrations(notificationsDatabase);
