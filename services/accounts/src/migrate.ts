import { migrateSchema } from '@tenure/platform/database';
import { accountsDatabase } from './database/database.js';

await migrateSchema(accountsDatabase);
