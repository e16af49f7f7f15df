import { runMigrations } from '@tenure/platform/database';
import { licensingDatabase } from './database/database.js';

await runMigrations(licensingDatabase);
