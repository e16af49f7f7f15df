import { runMigrations } from '@tenure/platform';
import { entities } from './database/entities.js';
import { migrations } from './database/migrations/index.js';

await runMigrations('accounts', entities, migrations);
