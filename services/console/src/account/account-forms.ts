import type { AccountView } from '@tenure/contracts';

/** What a SuperAdmin can apply for on an account. */
export const accountForms = [
  {
    type: 'change_datapoints',
    to: '/account-management/accounts/$accountId/datapoints',
    label: 'action.editDatapoints',
  },
  { type: 'change_license', to: '/account-management/accounts/$accountId/license', label: 'action.editLicense' },
  { type: 'renew_subscription', to: '/account-management/accounts/$accountId/renewal', label: 'action.renew' },
] as const;

/** All three changes while the account is active; only a renewal, which comes last, once it has expired. */
export function formsOf({ state }: Pick<AccountView, 'state'>) {
  return state === 'active' ? accountForms : accountForms.slice(-1);
}
