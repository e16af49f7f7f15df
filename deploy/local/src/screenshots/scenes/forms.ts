import { listApplications } from '@tenure/contracts';
import { given, type Person } from '../../tour/person.js';
import { people } from '../people.js';
import type { Scene } from '../scene.js';

const newAccount = '/account-management/new';

/** The address of a pending application of the sample data. */
function pendingOf(accountName: string, section = 'account-management') {
  return async (person: Person) => {
    const query = new URLSearchParams({ status: 'pending', text: accountName });
    const { items } = given(await person.get(`/applications?${query}`, listApplications.answer));
    return `/${section}/applications/${items[0]?.applicationId ?? 'missing'}`;
  };
}

export const formScenes: readonly Scene[] = [
  { name: 'new-account', as: people.superAdmin, path: newAccount },
  { name: 'new-account-spanish', as: people.superAdminInSpanish, path: newAccount },
  { name: 'new-account-dark', as: people.superAdmin, path: newAccount, scheme: 'dark' },
  { name: 'new-account-320', as: people.superAdmin, path: newAccount, width: 320 },
  { name: 'application', as: people.superAdmin, path: pendingOf('Hotel Mirador') },
  { name: 'application-spanish-320', as: people.superAdminInSpanish, path: pendingOf('Hotel Mirador'), width: 320 },
  { name: 'queue', as: people.customerSuccess, path: '/customer-success' },
  { name: 'queue-spanish-320', as: people.customerSuccessInSpanish, path: '/customer-success', width: 320 },
  { name: 'decision', as: people.customerSuccess, path: pendingOf('Hotel Mirador', 'customer-success') },
  {
    name: 'decision-dark',
    as: people.customerSuccess,
    path: pendingOf('Hotel Mirador', 'customer-success'),
    scheme: 'dark',
  },
];
