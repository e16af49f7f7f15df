import type { AccountView } from '@tenure/contracts';
import { answers } from '../api-answers.js';
import { longName, near } from '../names.js';
import { accountNamed } from '../paths.js';
import { people } from '../people.js';
import type { Scene } from '../scene.js';

const withLongName = (account: AccountView) => ({ ...account, accountName: longName, customerName: 'x'.repeat(100) });

export const accountsScenes: readonly Scene[] = [
  { name: 'account', as: people.superAdmin, path: accountNamed(near) },
  { name: 'account-spanish', as: people.superAdminInSpanish, path: accountNamed(near) },
  { name: 'account-dark', as: people.superAdmin, path: accountNamed(near), scheme: 'dark' },
  { name: 'account-320', as: people.superAdmin, path: accountNamed(near), width: 320 },
  { name: 'account-allocations', as: people.superAdmin, path: accountNamed(near, { show: 'allocations' }) },
  { name: 'account-applications', as: people.superAdmin, path: accountNamed(near, { show: 'applications' }) },
  { name: 'account-emails', as: people.superAdmin, path: accountNamed(near, { show: 'emails' }) },
  { name: 'account-audit', as: people.superAdmin, path: accountNamed(near, { show: 'audit' }) },
  { name: 'account-audit-320', as: people.superAdmin, path: accountNamed(near, { show: 'audit' }), width: 320 },
  { name: 'account-expired', as: people.superAdmin, path: accountNamed('Apartamentos Teide', { zone: 'expired' }) },
  {
    name: 'account-reviewed',
    as: people.customerSuccess,
    path: accountNamed('Lakeside Mall', { section: 'customer-success' }),
  },
  {
    name: 'account-expired-320-dark',
    as: people.superAdmin,
    path: accountNamed('Apartamentos Teide', { zone: 'expired' }),
    width: 320,
    scheme: 'dark',
  },
  {
    name: 'account-long-name',
    as: people.superAdmin,
    path: accountNamed(near),
    given: (page) => answers(page, '/api/accounts/*', withLongName),
  },
  {
    name: 'account-long-name-320',
    as: people.superAdmin,
    path: accountNamed(near),
    width: 320,
    given: (page) => answers(page, '/api/accounts/*', withLongName),
  },
  {
    name: 'account-without-allocations',
    as: people.superAdmin,
    path: accountNamed('Mercado de Ceuta', { show: 'allocations' }),
  },
  {
    name: 'account-emails-spanish-320',
    as: people.superAdminInSpanish,
    path: accountNamed(near, { show: 'emails' }),
    width: 320,
  },
  {
    name: 'account-of-nobody',
    as: people.superAdmin,
    path: '/account-management/accounts/00000000-0000-7000-8000-000000000000',
    complains: /404/,
  },
];
