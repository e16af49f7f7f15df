import type { Page } from 'playwright-core';
import { accountNamed } from '../paths.js';
import { people } from '../people.js';
import type { Scene } from '../scene.js';

const settings = '/account-management/settings';
const mirador = accountNamed('Hotel Mirador', { show: 'recipients' });
const tower = accountNamed('Harbor Tower', { show: 'recipients' });

/** The dialog of the extra addresses, with a duplicate added. */
const twice = (edit: string, add: string, third: string, save: string) => async (page: Page) => {
  await page.getByRole('button', { name: edit }).click();
  await page.getByRole('button', { name: add }).click();
  await page.getByLabel(third).fill('facilities@mirador-group.example');
  await page.getByRole('dialog').getByRole('button', { name: save }).click();
  await page.getByLabel(third).and(page.locator('[aria-invalid=true]')).waitFor();
};
const inEnglish = twice('Edit the extra addresses', 'Add an address', 'E-mail address 3', 'Save');
const inSpanish = twice(
  'Editar las direcciones adicionales',
  'Añadir una dirección',
  'Dirección de correo 3',
  'Guardar',
);

/** Who gets e-mails about an account, and which e-mails a SuperAdmin receives. */
export const recipientScenes: readonly Scene[] = [
  { name: 'recipients', as: people.superAdmin, path: mirador },
  { name: 'recipients-dark', as: people.superAdmin, path: mirador, scheme: 'dark' },
  { name: 'recipients-320-spanish', as: people.superAdminInSpanish, path: mirador, width: 320 },
  { name: 'recipients-none', as: people.superAdminElsewhere, path: tower },
  {
    name: 'recipients-review',
    as: people.customerSuccess,
    path: accountNamed('Hotel Mirador', { show: 'recipients', section: 'customer-success' }),
  },
  { name: 'recipients-edit', as: people.superAdmin, path: mirador, once: inEnglish, complains: /422/ },
  {
    name: 'recipients-edit-320-spanish',
    as: people.superAdminInSpanish,
    path: mirador,
    width: 320,
    once: inSpanish,
    complains: /422/,
  },
  { name: 'notices', as: people.superAdmin, path: `${settings}/notices` },
  { name: 'notices-320-spanish', as: people.superAdminInSpanish, path: `${settings}/notices`, width: 320 },
  {
    name: 'notices-last',
    as: people.superAdmin,
    path: `${settings}/notices`,
    given: async (page) => {
      await page.route('**/api/me/notices', (route) =>
        route.request().method() === 'GET'
          ? route.fallback()
          : route.fulfill({
              status: 409,
              contentType: 'application/problem+json',
              json: {
                ...{ type: 'urn:tenure:problem:last_recipient', title: 'Nobody else would be notified', status: 409 },
                code: 'last_recipient',
                errors: [
                  {
                    path: 'reminders',
                    code: 'last_recipient',
                    message: 'Nobody else in your organization would be notified.',
                  },
                ],
              },
            }),
      );
    },
    once: async (page) => {
      await page.getByRole('checkbox', { name: 'Reminders' }).uncheck();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Nobody else in your organization receives these.').waitFor();
    },
    complains: /409/,
  },
  {
    name: 'email-domain-sender',
    as: people.superAdmin,
    path: `${settings}/email-domains`,
    once: async (page) => {
      await page.getByRole('button', { name: 'Change the sender of avisos.solar-partner.example' }).click();
      await page.getByLabel('Name before the @').fill('cuentas');
    },
  },
];
