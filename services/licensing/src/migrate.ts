import { runMigrations } from '@tenure/platform';
import { entities, migrations } from './database/index.js';

await runMigrations('licensing', entities, migrations);
