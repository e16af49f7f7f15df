import type { AnswerOf, checkPlan, listRecipients } from '@tenure/contracts';

export type Told = AnswerOf<typeof listRecipients>;
export type Plan = AnswerOf<typeof checkPlan>;

export const ana = {
  memberId: '01900000-0000-7000-8000-00000000000a',
  name: 'Ana Ruiz',
  email: 'ana@helios.example',
  language: 'es',
} as const;
export const ben = {
  memberId: '01900000-0000-7000-8000-00000000000b',
  name: 'Ben Hart',
  email: 'ben@helios.example',
  language: 'en',
} as const;

const anApplication: NonNullable<Told['application']> = {
  type: 'new_account',
  status: 'pending',
  reason: null,
  decidedByName: 'Carla Soler',
  withdrawnByName: null,
  applicantName: 'Ana Ruiz',
  applicantLeft: false,
  submittedAt: '2026-11-23T10:00:00.000Z',
  failure: null,
  failures: [],
  request: { license: 'professional', datapoints: 1200, months: 12 },
  before: null,
  after: null,
};

/** Accounts' answer about a notice on an account of Helios Energy in Madrid; on an application too, if one is given. */
export function toldOf(
  over: Partial<Omit<Told, 'application'>> & { application?: Partial<NonNullable<Told['application']>> } = {},
): Told {
  return {
    recipients: [ana, ben],
    extraAddresses: [],
    fallbackEmail: null,
    organization: { name: 'Helios Energy', language: 'es', timeZone: 'Europe/Madrid', logoUrl: null },
    account: {
      accountName: 'Solar Park',
      customerName: 'Solar S.A.',
      timeZone: 'Europe/Madrid',
      emailDomain: null,
    },
    renewal: null,
    calendarToken: null,
    ...over,
    application: over.application ? { ...anApplication, ...over.application } : null,
  };
}

/** Licensing's answer about a term that ends in 30 days. */
export function aPlan(over: Partial<Plan> = {}): Plan {
  return {
    current: true,
    reason: null,
    facts: { license: 'professional', contracted: 1200, rtcLines: 0, expiresOn: '2027-11-24', state: 'active' },
    licenseNames: { en: 'Professional', es: 'Profesional' },
    term: {
      number: 1,
      anchor: '2026-11-24',
      months: 12,
      firstDay: '2026-11-24',
      expiresOn: '2027-11-24',
      expiresAt: '2027-11-24T23:00:00.000Z',
    },
    timeZone: 'Europe/Madrid',
    validUntil: '2027-11-24T23:00:00.000Z',
    daysLeft: 30,
    renewalPending: false,
    isLastReminder: false,
    hasReminders: true,
    now: new Date().toISOString(),
    ...over,
  };
}
