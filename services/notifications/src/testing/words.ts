import type { ApplicationWords, RenewalWords, SubscriptionWords, Words } from '../texts/letter.js';

export function aSubscription(over: Partial<SubscriptionWords> = {}): SubscriptionWords {
  return {
    firstDay: '2026-11-24',
    expiresOn: '2027-11-24',
    worksThrough: '2027-11-24',
    daysLeft: 30,
    stops: { on: '2027-11-25', at: '00:00', timeZone: 'Europe/Madrid' },
    renewalPending: false,
    isLastReminder: false,
    hasReminders: true,
    license: { en: 'Professional', es: 'Profesional' },
    contracted: 1200,
    ...over,
  };
}

export function anApplication(over: Partial<ApplicationWords> = {}): ApplicationWords {
  return {
    type: 'new_account',
    applicantName: 'Ana Ruiz',
    applicantLeft: false,
    submittedOn: '2026-11-23',
    decidedByName: 'Carla Soler',
    withdrawnByName: 'Ben Hart',
    reason: null,
    failure: null,
    failures: [],
    license: { en: 'Professional', es: 'Profesional' },
    datapoints: 1200,
    months: 12,
    before: null,
    after: null,
    ...over,
  };
}

export function aRenewal(over: Partial<RenewalWords> = {}): RenewalWords {
  return {
    status: 'pending',
    submittedOn: '2027-11-02',
    applicantName: 'Ana Ruiz',
    decidedByName: null,
    reason: null,
    ...over,
  };
}

export function someWords(over: Partial<Words> = {}): Words {
  return {
    accountName: 'Solar Park',
    organizationName: 'Helios Energy',
    organizationLogoUrl: null,
    application: null,
    subscription: aSubscription(),
    renewal: null,
    emailDomain: null,
    ...over,
  };
}
