/** The pages of an organization's settings. */
export const settingsPages = [
  { to: '/account-management/settings/reminders', label: 'settings.reminders' },
  { to: '/account-management/settings/notices', label: 'settings.notices' },
  { to: '/account-management/settings/email-domains', label: 'settings.emailDomains' },
  { to: '/account-management/settings/calendar', label: 'settings.calendar' },
  { to: '/account-management/settings/addresses', label: 'settings.addresses' },
  { to: '/account-management/settings/audit', label: 'settings.audit' },
] as const;
