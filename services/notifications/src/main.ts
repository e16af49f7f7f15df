import { startService } from '@tenure/platform';
import { NotificationsModule } from './notifications.module.js';

await startService({ name: 'notifications', module: NotificationsModule });
