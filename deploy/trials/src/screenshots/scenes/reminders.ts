import { people } from '../people.js';
import type { Scene } from '../scene.js';

const reminders = '/account-management/settings/reminders';
const calendar = '/account-management/settings/calendar';

export const reminderScenes: readonly Scene[] = [
  { name: 'reminders', as: people.superAdmin, path: reminders },
  {
    name: 'reminders-changed',
    as: people.superAdmin,
    path: reminders,
    once: async (page) => {
      await page.getByRole('button', { name: 'Add a reminder' }).click();
      await page.getByLabel('How many, reminder 4').fill('2');
      await page.getByRole('region', { name: 'What would change' }).getByText('After the change').waitFor();
    },
  },
  {
    name: 'reminders-changed-320-spanish',
    as: people.superAdminInSpanish,
    path: reminders,
    width: 320,
    once: async (page) => {
      await page.getByRole('button', { name: 'Añadir un recordatorio' }).click();
      await page.getByLabel('Cuántos, recordatorio 4').fill('45');
      await page.getByLabel('Unidad, recordatorio 4').selectOption('días');
      await page.getByRole('region', { name: 'Qué cambiaría' }).getByText('Después del cambio').waitFor();
    },
  },
  {
    name: 'reminders-wrong',
    as: people.superAdmin,
    path: reminders,
    once: async (page) => {
      await page.getByRole('button', { name: 'Add a reminder' }).click();
      await page.getByLabel('How many, reminder 4').fill('1');
      await page.getByRole('button', { name: 'Apply', exact: true }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'calendar', as: people.superAdmin, path: calendar },
  { name: 'calendar-dark', as: people.superAdmin, path: calendar, scheme: 'dark' },
];
