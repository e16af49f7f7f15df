import type { Page } from 'playwright-core';
import { isEmpty, refuses } from '../api-answers.js';
import { people } from '../people.js';
import type { Scene } from '../scene.js';

/** Broadcasts a sign-out as another window does. */
const signedOutElsewhere = (signIn: string) => async (page: Page) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin
  await page.evaluate(() => new BroadcastChannel('tenure.signed-out').postMessage(null));
  await page.getByRole('button', { name: signIn }).waitFor();
};

const asksToSignOut = (everywhere: string) => async (page: Page) => {
  await page.getByRole('banner').getByRole('button').last().click();
  await page.getByRole('menuitem', { name: everywhere }).click();
  await page.getByRole('dialog', { name: everywhere }).waitFor();
};

export const entryScenes: readonly Scene[] = [
  { name: 'main-screen', as: people.superAdmin, path: '/' },
  { name: 'main-screen-spanish', as: people.superAdminInSpanish, path: '/' },
  { name: 'main-screen-320', as: people.superAdmin, path: '/', width: 320 },
  { name: 'main-screen-dark', as: people.superAdmin, path: '/', scheme: 'dark' },
  { name: 'main-screen-without-a-role', as: people.withoutRole, path: '/' },
  { name: 'main-screen-both-roles', as: people.bothRoles, path: '/' },
  {
    name: 'own-menu',
    as: people.superAdmin,
    path: '/',
    once: (page) => page.getByRole('button', { name: 'Marc Ribas' }).click(),
  },
  {
    name: 'palette',
    as: people.superAdmin,
    path: '/',
    once: async (page) => {
      await page.keyboard.press('Control+K');
      await page.getByLabel('Account, application or page').fill('nave');
      await page.getByRole('option', { name: 'New account: Nave Guadalhorce' }).waitFor();
    },
  },
  { name: 'refused-without-a-role', as: people.withoutRole, path: '/account-management/active' },
  { name: 'refused-customer-success', as: people.superAdmin, path: '/customer-success' },
  {
    name: 'main-screen-empty',
    as: people.superAdmin,
    path: '/',
    given: async (page) => {
      for (const list of ['/api/accounts/names*', '/api/accounts?*', '/api/applications?*']) await isEmpty(page, list);
    },
  },
  {
    name: 'main-screen-refused',
    as: people.superAdmin,
    path: '/',
    given: (page) => refuses(page, '/api/accounts/names*'),
    complains: /503/,
    once: (page) => page.getByRole('button', { name: 'Try again' }).first().waitFor(),
  },
  {
    name: 'out-of-reach',
    as: people.superAdmin,
    path: '/',
    given: (page) => refuses(page, '/auth/session'),
    complains: /503/,
  },
  { name: 'sign-out-everywhere', as: people.superAdmin, path: '/', once: asksToSignOut('Sign out everywhere') },
  {
    name: 'sign-out-everywhere-spanish-320',
    as: people.superAdminInSpanish,
    path: '/',
    width: 320,
    once: asksToSignOut('Cerrar todas las sesiones'),
  },
  ...(['light', 'dark'] as const).map((scheme): Scene => ({
    name: `sign-out-refused-${scheme}`,
    as: people.superAdmin,
    path: '/',
    scheme,
    given: (page) => refuses(page, '/auth/sign-out'),
    complains: /503/,
    once: async (page) => {
      await page.getByRole('button', { name: 'Marc Ribas' }).click();
      await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
      await page.getByText('Tenure cannot answer at the moment.').waitFor();
    },
  })),
  { name: 'signed-out-elsewhere', as: people.superAdmin, path: '/', once: signedOutElsewhere('Sign in') },
  {
    name: 'signed-out-elsewhere-spanish-320',
    as: people.superAdminInSpanish,
    path: '/',
    width: 320,
    once: signedOutElsewhere('Iniciar sesión'),
  },
  { name: 'settings', as: people.superAdmin, path: '/account-management/settings' },
  { name: 'settings-spanish-320', as: people.superAdminInSpanish, path: '/account-management/settings', width: 320 },
  { name: 'not-found', as: people.superAdmin, path: '/no/such/page' },
];
