import { startService } from '@tenure/platform';
import { LicensingModule } from './licensing.module.js';
import { settings } from './settings.js';

await startService({ name: 'licensing', module: LicensingModule, settings });
