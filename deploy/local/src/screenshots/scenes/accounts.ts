import { listZone } from '@tenure/contracts';
import { given, type Person } from '../../tour/person.js';
import { people } from '../people.js';
import type { Scene } from '../scene.js';

/** The address of an account of the sample data. */
function accountNamed(name: string, { zone = 'active', show = '', section = 'account-management' } = {}) {
  return async (person: Person) => {
    const query = new URLSearchParams({ zone, text: name });
    const { items } = given(await person.get(`/accounts?${query}`, listZone.answer));
    const id = items[0]?.accountId ?? 'missing';
    return `/${section}/accounts/${id}${show && `?show=${show}`}`;
  };
}

const near = 'Nave Guadalhorce';

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
    name: 'account-of-nobody',
    as: people.superAdmin,
    path: '/account-management/accounts/00000000-0000-7000-8000-000000000000',
    complains: /404/,
  },
];
