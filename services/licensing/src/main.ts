import { startService } from '@tenure/platform';
import { LicensingModule } from './licensing.module.js';

await startService({ name: 'licensing', module: LicensingModule });
