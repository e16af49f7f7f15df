import { startService } from '@tenure/platform';
import { AccountsModule } from './accounts.module.js';

await startService({ name: 'accounts', module: AccountsModule });
