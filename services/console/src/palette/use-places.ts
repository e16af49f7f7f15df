import { useSession } from '../api/use-session.js';
import { settingsPages } from '../settings/settings-pages.js';
import { useWords } from '../words/use-words.js';

/** A destination of the palette. */
export interface Place {
  href: string;
  label: string;
  detail?: string;
}

/** The pages and actions of the signed-in member. */
export function usePlaces(): Place[] {
  const { t } = useWords();
  const { isSuperAdmin, isCustomerSuccess } = useSession();
  return [
    { href: '/', label: t('shell.main') },
    ...(isSuperAdmin
      ? [
          { href: '/account-management/new', label: t('action.createAccount') },
          { href: '/account-management/active', label: t('zones.active') },
          { href: '/account-management/expired', label: t('zones.expired') },
          { href: '/account-management/applications', label: t('zones.applications') },
          ...settingsPages.map(({ to, label }) => ({ href: to, label: t(label), detail: t('settings.title') })),
        ]
      : []),
    ...(isCustomerSuccess
      ? [
          { href: '/customer-success', label: t('review.queue'), detail: t('entry.customerSuccess') },
          { href: '/customer-success/decided', label: t('review.decidedTitle') },
          { href: '/customer-success/accounts', label: t('zones.everyActive') },
          { href: '/customer-success/accounts?zone=expired', label: t('zones.everyExpired') },
          { href: '/customer-success/organizations', label: t('review.organizations') },
          { href: '/customer-success/emails', label: t('emails.title') },
        ]
      : []),
  ];
}
