import type { AccountView, Preview } from '@tenure/contracts';
import type { Page } from 'playwright-core';
import { answers, isOutOfReach, refuses, refusesWith } from '../api-answers.js';
import { near } from '../names.js';
import { accountNamed, pendingOf } from '../paths.js';
import { people } from '../people.js';
import type { Scene } from '../scene.js';

const newAccount = '/account-management/new';
const preview = '/api/applications/preview';
const submit = '/api/applications';

async function fillIn(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
}

/** Fills in everything that a new account needs. */
async function complete(page: Page, accountName = 'Hotel Sol'): Promise<void> {
  await fillIn(page, { "Account's name": accountName, "Customer's name": 'Hoteles Sol S.L.', Datapoints: '200' });
  await page.getByLabel('License', { exact: true }).selectOption('plus');
  await page.getByLabel('Sector', { exact: true }).selectOption('hotel');
}

const previewed = (page: Page) =>
  page
    .getByRole('region', { name: /^(Preview|Vista previa)$/ })
    .getByRole('listitem')
    .last()
    .waitFor();
const send = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const withoutPending = (account: AccountView) => ({ ...account, pending: [] });
/** Nearly all sample accounts have pending applications, which would hide their forms. */
const nothingPending = (page: Page) => answers(page, '/api/accounts/*', withoutPending);

/** The organization has the maximum number of pending applications for new accounts. */
async function hasTooManyPending(page: Page): Promise<void> {
  const why = { code: 'too_many_pending', message: '', figures: { pending: 200, maximum: 200 } };
  await answers<Preview>(page, preview, (answer) => ({
    ...answer,
    approvable: false,
    refusals: [{ path: '', ...why }],
  }));
  await refusesWith(page, submit, { status: 409, code: why.code, errors: [{ path: 'application', ...why }] });
}

export const formScenes: readonly Scene[] = [
  { name: 'new-account', as: people.superAdmin, path: newAccount },
  { name: 'new-account-spanish', as: people.superAdminInSpanish, path: newAccount },
  { name: 'new-account-dark', as: people.superAdmin, path: newAccount, scheme: 'dark' },
  { name: 'new-account-320', as: people.superAdmin, path: newAccount, width: 320 },
  {
    name: 'new-account-not-all-offered-spanish-320',
    as: people.superAdminInSpanish,
    path: newAccount,
    width: 320,
    given: (page) => refuses(page, '/api/{licenses,email-domains}'),
    once: (page) => page.getByRole('alert').waitFor(),
    complains: /503/,
  },
  {
    name: 'new-account-filled-in',
    as: people.superAdmin,
    path: newAccount,
    once: async (page) => {
      await complete(page);
      await previewed(page);
    },
  },
  {
    name: 'new-account-to-correct',
    as: people.superAdmin,
    path: newAccount,
    once: async (page) => {
      await fillIn(page, { "Account's name": 'Hotel Sol', Datapoints: '19', 'Period in months': '61' });
      await send(page, 'Create a new account');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'new-account-to-correct-spanish-320',
    as: people.superAdminInSpanish,
    path: newAccount,
    width: 320,
    once: async (page) => {
      await send(page, 'Crear una cuenta nueva');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'new-account-outside-spain',
    as: people.superAdmin,
    path: newAccount,
    once: async (page) => {
      await page.getByRole('button', { name: 'Change country and time zone' }).click();
      await page.getByLabel('Country', { exact: true }).selectOption('US');
    },
  },
  {
    name: 'new-account-name-taken',
    as: people.superAdmin,
    path: newAccount,
    once: async (page) => {
      await complete(page, near);
      await send(page, 'Create a new account');
      await page.getByRole('alert').waitFor();
    },
    complains: /409/,
  },
  {
    name: 'new-account-too-many-pending',
    as: people.superAdmin,
    path: newAccount,
    given: hasTooManyPending,
    once: async (page) => {
      await complete(page);
      await previewed(page);
      await send(page, 'Create a new account');
      await page.getByRole('alert').waitFor();
    },
    complains: /409/,
  },
  {
    name: 'new-account-no-preview',
    as: people.superAdmin,
    path: newAccount,
    given: (page) => refuses(page, preview),
    once: async (page) => {
      await complete(page);
      await page.getByText('No preview now; you can still send.').waitFor();
    },
    complains: /503/,
  },
  {
    name: 'new-account-no-answer',
    as: people.superAdmin,
    path: newAccount,
    given: (page) => isOutOfReach(page, submit),
    once: async (page) => {
      await complete(page);
      await send(page, 'Create a new account');
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
    complains: /ERR_CONNECTION_RESET/,
  },
  {
    name: 'datapoints',
    as: people.superAdmin,
    path: accountNamed(near, { form: 'datapoints' }),
    once: async (page) => {
      await fillIn(page, { Datapoints: '1200' });
      await page.getByText('740 used · 460 left').waitFor();
    },
  },
  {
    name: 'datapoints-refused',
    as: people.superAdmin,
    path: accountNamed(near, { form: 'datapoints' }),
    once: async (page) => {
      await fillIn(page, { Datapoints: '700' });
      await send(page, 'Edit datapoints');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'datapoints-refused-spanish-320',
    as: people.superAdminInSpanish,
    path: accountNamed(near, { form: 'datapoints' }),
    width: 320,
    once: async (page) => {
      await fillIn(page, { Datapoints: '700' });
      await send(page, 'Editar datapoints');
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'datapoints-pending', as: people.superAdmin, path: accountNamed('Hotel Mirador', { form: 'datapoints' }) },
  {
    name: 'datapoints-of-expired',
    as: people.superAdmin,
    path: accountNamed('Apartamentos Teide', { zone: 'expired', form: 'datapoints' }),
  },
  {
    name: 'license',
    as: people.superAdmin,
    path: accountNamed(near, { form: 'license' }),
    once: async (page) => {
      await page.getByRole('radio', { name: /^Enterprise/ }).click();
      await page.getByText('Dates stay').waitFor();
    },
  },
  {
    name: 'license-too-small-dark',
    as: people.superAdmin,
    path: accountNamed(near, { form: 'license' }),
    scheme: 'dark',
    once: async (page) => {
      await page.getByRole('radio', { name: /^Essential/ }).click();
      await send(page, 'Edit license');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'license-spanish-320',
    as: people.superAdminInSpanish,
    path: accountNamed(near, { form: 'license' }),
    width: 320,
  },
  { name: 'renewal', as: people.superAdmin, path: accountNamed(near, { form: 'renewal' }), once: previewed },
  {
    name: 'renewal-spanish-320',
    as: people.superAdminInSpanish,
    path: accountNamed(near, { form: 'renewal' }),
    width: 320,
    once: previewed,
  },
  {
    name: 'renewal-of-expired',
    as: people.superAdmin,
    path: accountNamed('Apartamentos Teide', { zone: 'expired', form: 'renewal' }),
    given: nothingPending,
    once: previewed,
  },
  {
    name: 'renewal-of-renewed',
    as: people.superAdmin,
    path: accountNamed(near, { form: 'renewal' }),
    given: (page) =>
      answers(page, '/api/accounts/*', (account: AccountView) => ({ ...account, daysLeft: account.daysLeft + 366 })),
    once: previewed,
  },
  { name: 'application', as: people.superAdmin, path: pendingOf('Hotel Mirador') },
  {
    name: 'application-withdraw',
    as: people.superAdmin,
    path: pendingOf('Hotel Mirador'),
    once: async (page) => {
      await send(page, 'Withdraw');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'application-withdraw-past-the-last-day',
    as: people.superAdminElsewhere,
    path: pendingOf('Lakeside Mall'),
    given: (page) => answers(page, '/api/accounts/*', (account: AccountView) => ({ ...account, daysLeft: -3 })),
    once: async (page) => {
      await send(page, 'Withdraw');
      await page.getByText('The account stops immediately').waitFor();
    },
  },
  { name: 'application-spanish-320', as: people.superAdminInSpanish, path: pendingOf('Hotel Mirador'), width: 320 },
];
