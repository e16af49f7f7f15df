import { startService } from '@tenure/platform';
import { AccountsModule } from './accounts.module.js';
import { settings } from './settings.js';

await startService({ name: 'accounts', module: AccountsModule, settings });
