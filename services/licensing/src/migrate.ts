import { runMigrations } from '@tenure/platform';
import { licensingDatabase } from './database/database.js';

await runMigrations(licensingDatabase);
