import type { Language, NoticeKind } from '@tenure/contracts';
import { fillIn, formOf, type RenderedEmail } from '../emails/form.js';
import type { LetterEmailProps } from '../emails/letter-email.js';
import { writeEmail } from '../emails/write-email.js';
import type { ApplicationWords, HeldWords, SubscriptionWords, Words } from '../texts/letter.js';

/** A letter with sample data, as a recipient would get it. */
export interface Sample extends RenderedEmail {
  /** `reminder-last-day` */
  name: string;
  language: Language;
}

interface Variant {
  name: string;
  kind: NoticeKind;
  offset?: string;
  words?: Partial<Words>;
  /** Sent to the organization's fallback address, which has no name. */
  toFallback?: boolean;
  /** Sent to an extra address of the account. */
  toExtra?: boolean;
  fromOwnDomain?: boolean;
}

const accountId = '01900000-0000-7000-8000-0000000000a1';
const applicationId = '01900000-0000-7000-8000-0000000000a2';
const organizationId = '01900000-0000-7000-8000-0000000000a3';
const basic = { en: 'Basic', es: 'Básica' };
const plus = { en: 'Plus', es: 'Plus' };
const held: HeldWords = { license: basic, contracted: 500 };

const application: ApplicationWords = {
  type: 'new_account',
  applicantName: 'Sofía Núñez',
  applicantLeft: false,
  submittedOn: '2026-11-23',
  decidedByName: 'Clara Vidal',
  withdrawnByName: null,
  reason: null,
  failure: null,
  failures: [],
  license: basic,
  datapoints: 500,
  months: 12,
  before: null,
  after: null,
};
const asked = { license: null, datapoints: null, months: null };
const subscription: SubscriptionWords = {
  firstDay: '2026-11-24',
  expiresOn: '2027-11-24',
  worksThrough: '2027-11-24',
  stops: { on: '2027-11-25', at: '00:00', timeZone: 'Europe/Madrid' },
  daysLeft: 31,
  renewalPending: false,
  isLastReminder: false,
  hasReminders: true,
  license: basic,
  contracted: 500,
};
const inGrace: SubscriptionWords = {
  ...subscription,
  renewalPending: true,
  worksThrough: '2027-12-09',
  stops: { ...subscription.stops, on: '2027-12-10' },
};
const pending = {
  status: 'pending',
  submittedOn: '2027-11-02',
  applicantName: 'Marc Ribas',
  decidedByName: null,
  reason: null,
} as const;
const change: ApplicationWords = {
  ...application,
  ...asked,
  type: 'change_datapoints',
  datapoints: 1200,
  before: held,
};

/** Each kind of notice, and each variant of a reminder. */
const variants: readonly Variant[] = [
  { name: 'application-submitted', kind: 'application_submitted', words: { application, subscription: null } },
  {
    name: 'application-approved',
    kind: 'application_approved',
    words: { application: { ...application, reason: 'Welcome aboard.\nPlease check the meters.' } },
  },
  {
    name: 'application-approved-applicant-left',
    kind: 'application_approved',
    words: { application: { ...application, applicantName: 'Marc Ribas', applicantLeft: true } },
  },
  {
    name: 'application-rejected',
    kind: 'application_rejected',
    words: { application: { ...application, reason: 'The sector is missing.' }, subscription: null },
  },
  {
    name: 'application-rejected-renewal-past-its-last-day',
    kind: 'application_rejected',
    words: {
      application: { ...application, ...asked, type: 'renew_subscription', reason: 'The invoice of October is open.' },
      subscription: { ...subscription, daysLeft: -3 },
    },
  },
  {
    name: 'application-failed',
    kind: 'application_failed',
    words: {
      application: {
        ...change,
        datapoints: 200,
        failure: '480 datapoints are in use.',
        failures: [{ code: 'below_used', figures: { used: 480 } }],
      },
    },
  },
  {
    name: 'application-withdrawn',
    kind: 'application_withdrawn',
    words: { application: { ...application, withdrawnByName: 'Tom Reyes' }, subscription: null },
  },
  { name: 'application-lapsed', kind: 'application_lapsed', words: { application, subscription: null } },
  { name: 'application-received', kind: 'application_received', words: { application: change } },
  { name: 'application-waiting', kind: 'application_waiting', words: { application, subscription: null } },
  { name: 'application-escalated', kind: 'application_escalated', words: { application, subscription: null } },
  {
    name: 'subscription-renewed',
    kind: 'subscription_renewed',
    words: {
      application: { ...application, ...asked, type: 'renew_subscription', months: 12 },
      subscription: { ...subscription, firstDay: '2027-11-25', expiresOn: '2028-11-24' },
    },
  },
  {
    name: 'datapoints-changed',
    kind: 'datapoints_changed',
    words: { application: { ...change, after: { ...held, contracted: 1200 } } },
  },
  {
    name: 'license-changed',
    kind: 'license_changed',
    words: {
      application: {
        ...application,
        ...asked,
        type: 'change_license',
        license: plus,
        before: held,
        after: { ...held, license: plus },
      },
    },
  },
  { name: 'reminder', kind: 'reminder', offset: 'P1M' },
  { name: 'reminder-week', kind: 'reminder', offset: 'P7D', words: { subscription: { ...subscription, daysLeft: 7 } } },
  {
    name: 'reminder-renewal-pending',
    kind: 'reminder',
    offset: 'P7D',
    words: { subscription: { ...inGrace, daysLeft: 7 }, renewal: pending },
  },
  {
    name: 'reminder-renewal-rejected',
    kind: 'reminder',
    offset: 'P7D',
    words: {
      subscription: { ...subscription, daysLeft: 7 },
      renewal: {
        ...pending,
        status: 'rejected',
        decidedByName: 'Clara Vidal',
        reason: 'The invoice of October is still open.',
      },
    },
  },
  {
    name: 'reminder-last-day',
    kind: 'reminder',
    offset: 'P0D',
    words: { subscription: { ...subscription, daysLeft: 0, isLastReminder: true } },
  },
  {
    name: 'reminder-last-day-renewal-pending',
    kind: 'reminder',
    offset: 'P0D',
    words: { subscription: { ...inGrace, daysLeft: 0, isLastReminder: true }, renewal: pending },
  },
  { name: 'reminder-own-domain', kind: 'reminder', offset: 'P1M', fromOwnDomain: true },
  { name: 'reminder-to-extra-address', kind: 'reminder', offset: 'P1M', toExtra: true },
  {
    name: 'renewed-to-extra-address',
    kind: 'subscription_renewed',
    toExtra: true,
    words: {
      application: { ...application, ...asked, type: 'renew_subscription', months: 12 },
      subscription: { ...subscription, firstDay: '2027-11-25', expiresOn: '2028-11-24' },
    },
  },
  { name: 'reminder-to-fallback', kind: 'reminder', offset: 'P1M', toFallback: true },
  {
    name: 'reminder-long-name',
    kind: 'reminder',
    offset: 'P1M',
    words: { accountName: 'Aparcamiento-fotovoltaico-Poligono-Industrial-Sur-Nave-42-Cubierta-Norte-Fase-II' },
  },
  { name: 'subscription-expired', kind: 'subscription_expired' },
  {
    name: 'subscription-expired-renewal-rejected',
    kind: 'subscription_expired',
    words: {
      subscription: { ...subscription, worksThrough: '2027-12-02', daysLeft: -8 },
      renewal: {
        ...pending,
        status: 'rejected',
        decidedByName: 'Clara Vidal',
        reason: 'The invoice of October is open.',
      },
    },
  },
  { name: 'recipients-unreachable', kind: 'recipients_unreachable' },
  {
    name: 'recipients-unreachable-of-domain',
    kind: 'recipients_unreachable',
    words: { accountName: 'Solar Partner', subscription: null, emailDomain: 'mail.solar-partner.example' },
  },
  { name: 'email-domain-failed', kind: 'email_domain_failed', words: { emailDomain: 'mail.solar-partner.example' } },
  {
    name: 'email-domain-taken-over',
    kind: 'email_domain_taken_over',
    words: { emailDomain: 'mail.solar-partner.example' },
  },
  {
    name: 'organization-domain-failed',
    kind: 'organization_domain_failed',
    words: { emailDomain: 'mail.solar-partner.example' },
  },
];

/** A logo address such as organizations enter; there is no such logo. */
export const sampleLogo = 'https://solar-partner.example/logo.png';

/**
 * All letters in all languages, as recipients would get them, with the organization's logo at `logoUrl` in those that
 * show it.
 */
export function samples(publicUrl?: string, logoUrl?: string): Sample[] {
  return sampleEmails(publicUrl, logoUrl).map(({ email, ...sample }) => ({ ...sample, ...fillIn(formOf(email)) }));
}

/** The same before rendering. */
export function sampleEmails(
  publicUrl = 'https://tenure.example',
  logoUrl = sampleLogo,
): (Pick<Sample, 'name' | 'language'> & { email: LetterEmailProps })[] {
  return variants.flatMap(
    ({ name, kind, offset = null, words = {}, toFallback = false, toExtra = false, fromOwnDomain = false }) =>
      (['en', 'es'] as const).map((language) => ({
        name,
        language,
        email: writeEmail({
          notice: {
            kind,
            offset,
            organizationId,
            accountId: words.emailDomain ? null : accountId,
            applicationId: kind.startsWith('application') ? applicationId : null,
          },
          language,
          isExtra: toExtra,
          recipientName: toFallback || toExtra ? null : 'Sofía Núñez',
          words: {
            accountName: 'Hotel Sol',
            organizationName: 'Solar Partner',
            organizationLogoUrl: logoUrl,
            application: null,
            subscription,
            renewal: null,
            emailDomain: null,
            ...words,
          },
          publicUrl,
          calendarToken: kind === 'reminder' ? 'sample' : null,
          fromOwnDomain,
        }),
      })),
  );
}
