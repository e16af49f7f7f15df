export { notificationsDatabase } from './database/database.js';
export { NotificationsModule } from './notifications.module.js';
