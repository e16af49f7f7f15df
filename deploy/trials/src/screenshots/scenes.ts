import { accountsScenes } from './scenes/accounts.js';
import { emailScenes } from './scenes/emails.js';
import { entryScenes } from './scenes/entry.js';
import { formScenes } from './scenes/forms.js';
import { organizationScenes } from './scenes/organizations.js';
import { recipientScenes } from './scenes/recipients.js';
import { reviewScenes } from './scenes/review.js';
import { reminderScenes } from './scenes/reminders.js';
import { settingsScenes } from './scenes/settings.js';
import { zoneScenes } from './scenes/zones.js';
import type { Scene } from './scene.js';

export const scenes: readonly Scene[] = [
  ...entryScenes,
  ...zoneScenes,
  ...accountsScenes,
  ...formScenes,
  ...reviewScenes,
  ...organizationScenes,
  ...reminderScenes,
  ...recipientScenes,
  ...settingsScenes,
  ...emailScenes,
];
