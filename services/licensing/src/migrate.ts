import { migrateSchema } from '@tenure/platform/database';
import { licensingDatabase } from './database/database.js';

await migrateSchema(licensingDatabase);
