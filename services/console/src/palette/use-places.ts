import { useSession } from '../api/use-session.js';
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
          {
            href: '/account-management/settings/reminders',
            label: t('settings.reminders'),
            detail: t('settings.title'),
          },
          {
            href: '/account-management/settings/notices',
            label: t('settings.notices'),
            detail: t('settings.title'),
          },
          {
            href: '/account-management/settings/email-domains',
            label: t('settings.emailDomains'),
            detail: t('settings.title'),
          },
          {
            href: '/account-management/settings/calendar',
            label: t('settings.calendar'),
            detail: t('settings.title'),
          },
          {
            href: '/account-management/settings/addresses',
            label: t('settings.addresses'),
            detail: t('settings.title'),
          },
          {
            href: '/account-management/settings/audit',
            label: t('settings.audit'),
            detail: t('settings.title'),
          },
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
