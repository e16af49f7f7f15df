import { migrateSchema } from '@tenure/platform/database';
import { notificationsDatabase } from './database/database.js';

await migrateSchema(notificationsDatabase);
