import { runMigrations } from '@tenure/platform';
import { accountsDatabase } from './database/database.js';

await runMigrations(accountsDatabase);
