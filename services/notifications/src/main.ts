import { startService } from '@tenure/platform';
import { NotificationsModule } from './notifications.module.js';
import { settings } from './settings.js';

await startService({ name: 'notifications', module: NotificationsModule, settings });
