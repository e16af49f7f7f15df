import { runMigrations } from '@tenure/platform/database';
import { accountsDatabase } from './database/database.js';

await runMigrations(accountsDatabase);
