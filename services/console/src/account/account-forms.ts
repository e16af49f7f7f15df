import type { AccountView } from '@tenure/contracts';

const all = [
  { to: '/account-management/accounts/$accountId/datapoints', label: 'action.editDatapoints' },
  { to: '/account-management/accounts/$accountId/license', label: 'action.editLicense' },
  { to: '/account-management/accounts/$accountId/renewal', label: 'action.renew' },
] as const;

/**
 * What a SuperAdmin can apply for: all three changes while the account is active; only a renewal, which comes last, once
 * it has expired.
 */
export function formsOf({ state }: Pick<AccountView, 'state'>) {
  return state === 'active' ? all : all.slice(-1);
}
