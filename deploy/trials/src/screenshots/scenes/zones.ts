import type { AccountView } from '@tenure/contracts';
import { answers, isCutOff, isEmpty, isSlow, refuses, saysSo } from '../api-answers.js';
import { longName } from '../names.js';
import { people } from '../people.js';
import type { Scene } from '../scene.js';

const active = '/account-management/active';
const expired = '/account-management/expired';
const applications = '/account-management/applications';
const ofAccounts = '/api/accounts?*';
const ofActive = '/api/accounts?*zone=active*';
const ofApplications = '/api/applications?*';

const withLongNames = (page: { items: AccountView[] }) => ({
  ...page,
  items: page.items.map((account) => ({ ...account, accountName: longName, customerName: 'x'.repeat(100) })),
});

export const zoneScenes: readonly Scene[] = [
  { name: 'active', as: people.superAdmin, path: active },
  { name: 'active-spanish', as: people.superAdminInSpanish, path: active },
  { name: 'active-dark', as: people.superAdmin, path: active, scheme: 'dark' },
  { name: 'active-320', as: people.superAdmin, path: active, width: 320 },
  { name: 'active-spanish-320', as: people.superAdminInSpanish, path: active, width: 320 },
  { name: 'active-elsewhere', as: people.superAdminElsewhere, path: active },
  { name: 'active-filtered', as: people.superAdmin, path: `${active}?text=nave&license=professional&sort=left` },
  { name: 'active-no-matches', as: people.superAdmin, path: `${active}?text=zzzz` },
  {
    name: 'active-empty',
    as: people.superAdmin,
    path: active,
    given: async (page) => {
      await isEmpty(page, ofAccounts);
      await isEmpty(page, ofApplications);
    },
  },
  { name: 'active-waiting', as: people.superAdmin, path: active, given: (page) => isEmpty(page, ofAccounts) },
  {
    name: 'active-waiting-390-spanish',
    as: people.superAdminInSpanish,
    path: active,
    width: 390,
    given: (page) => isEmpty(page, ofAccounts),
  },
  { name: 'active-all-expired', as: people.superAdmin, path: active, given: (page) => isEmpty(page, ofActive) },
  {
    name: 'active-all-expired-390-spanish',
    as: people.superAdminInSpanish,
    path: active,
    width: 390,
    given: (page) => isEmpty(page, ofActive),
  },
  {
    name: 'active-loading',
    as: people.superAdmin,
    path: active,
    given: (page) => isSlow(page, ofAccounts),
    loading: true,
  },
  {
    name: 'active-refused',
    as: people.superAdmin,
    path: active,
    given: (page) => refuses(page, ofAccounts),
    complains: /503/,
    once: (page) => page.getByRole('button', { name: 'Try again' }).first().waitFor(),
  },
  {
    name: 'active-long-names',
    as: people.superAdmin,
    path: active,
    given: (page) => answers(page, ofAccounts, withLongNames),
  },
  {
    name: 'active-long-names-320',
    as: people.superAdmin,
    path: active,
    width: 320,
    given: (page) => answers(page, ofAccounts, withLongNames),
  },
  {
    name: 'active-row-menu',
    as: people.superAdmin,
    path: active,
    once: async (page) => {
      await page.getByRole('button', { name: 'Actions for Hotel Mirador' }).click();
      await page.getByRole('menuitem', { name: 'Renew subscription' }).waitFor();
    },
  },
  {
    name: 'active-paused',
    as: people.superAdmin,
    path: active,
    given: isCutOff,
    once: saysSo,
    complains: /ERR_FAILED/,
  },
  { name: 'active-spanish-dark-320', as: people.superAdminInSpanish, path: active, width: 320, scheme: 'dark' },
  { name: 'expired', as: people.superAdmin, path: expired },
  { name: 'expired-spanish-320', as: people.superAdminInSpanish, path: expired, width: 320 },
  { name: 'expired-empty', as: people.superAdmin, path: expired, given: (page) => isEmpty(page, ofAccounts) },
  { name: 'applications', as: people.superAdmin, path: applications },
  { name: 'applications-decided', as: people.superAdmin, path: `${applications}?which=decided` },
  { name: 'applications-decided-spanish', as: people.superAdminInSpanish, path: `${applications}?which=decided` },
  { name: 'applications-decided-320', as: people.superAdmin, path: `${applications}?which=decided`, width: 320 },
  { name: 'applications-decided-dark', as: people.superAdmin, path: `${applications}?which=decided`, scheme: 'dark' },
  {
    name: 'applications-empty',
    as: people.superAdmin,
    path: applications,
    given: (page) => isEmpty(page, ofApplications),
  },
  { name: 'every-active-account', as: people.customerSuccess, path: '/customer-success/accounts' },
  { name: 'every-expired-account', as: people.customerSuccess, path: '/customer-success/accounts?zone=expired' },
];
