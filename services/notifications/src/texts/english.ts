import { figuresIn, said } from './figures.js';
import type { ApplicationWords, Letter, Reader, RenewalWords, SubscriptionWords, Texts, Words } from './letter.js';
import { localeOf } from './locale.js';
import { beforeOf, type Before } from './offset.js';
import { lastDayOfStopped } from './stopped.js';

const { date, number } = localeOf('en');
const figures = figuresIn('en', {
  license: 'License',
  datapoints: 'Datapoints',
  months: 'Months',
  lastDay: 'Last day',
});

const kinds: Record<ApplicationWords['type'], (accountName: string) => string> = {
  new_account: (name) => `the new account “${name}”`,
  change_datapoints: (name) => `a change of datapoints for “${name}”`,
  change_license: (name) => `a change of license for “${name}”`,
  renew_subscription: (name) => `the renewal of “${name}”`,
};

const because: Record<Reader, (words: Words) => string> = {
  super_admins: ({ organizationName }) => `as a SuperAdmin of ${organizationName}`,
  extra_address: ({ organizationName }) => `because ${organizationName} has added this address to the account`,
  fallback_address: ({ organizationName }) =>
    `because this is the address of ${organizationName} for e-mails that reach nobody else`,
  applicant: () => 'because you sent the application',
  customer_success: () => 'because you are in Customer Success',
  customer_success_leads: () => 'because you are in Customer Success',
};

const units: Record<Before['unit'], (count: number) => string> = {
  month: (count) => (count === 1 ? 'month' : 'months'),
  week: (count) => (count === 1 ? 'week' : 'weeks'),
  day: (count) => (count === 1 ? 'day' : 'days'),
};

function when(offset: string | null): string {
  const before = offset === null ? null : beforeOf(offset);
  if (before === null) return '';
  const { count, unit } = before;
  return count === 0
    ? ', on the last day of an account'
    : `, ${number(count)} ${units[unit](count)} before the last day of an account`;
}

export const english: Texts = {
  greeting: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
  footer: (reader, words, offset) =>
    `You are receiving this e-mail from Tenure ${because[reader](words)}${when(offset)}.`,
  addToCalendar: 'Add to your calendar',
  forOthersToDo: ({ organizationName }, canBeRenewed) =>
    `The SuperAdmins of ${organizationName} can open the account${canBeRenewed ? ' and renew it' : ''}.`,

  letters: {
    application_submitted: (words) => ({
      subject: `Received: ${what(words)}`,
      paragraphs: [
        sentence(words, 'has reached Customer Success'),
        'You will get an e-mail when it is decided. Until then, you can withdraw it.',
      ],
      figures: figures.ofRequest(words.application),
      action: 'Open the application',
    }),

    application_approved: (words) => ({
      subject: `Approved: ${what(words)}`,
      paragraphs: [
        sentence(words, `was approved by ${decidedBy(words)}`),
        ...said(words.subscription, (subscription) => approved(words, subscription)),
        ...said(words.application?.reason, (reason) => `Note: ${reason}`),
      ],
      figures: figures.ofSubscription(words.subscription),
      action: 'Open the account',
    }),

    application_rejected: (words) => ({
      subject: `Rejected: ${what(words)}`,
      paragraphs: [
        sentence(words, `was rejected by ${decidedBy(words)}`),
        ...said(words.application?.reason, (reason) => `Reason: ${reason}`),
        whatIsLeft(words, 'Nothing was changed. You can apply again at any time.'),
      ],
      figures: [],
      action: 'Open the application',
    }),

    application_failed: (words) => ({
      subject: `Could not be carried out: ${what(words)}`,
      paragraphs: [
        sentence(words, 'was approved but could not be carried out'),
        ...said(words.application?.failure, (failure) => `What went wrong: ${failure}`),
        `${whatIsLeft(words, 'Nothing was changed. You can apply again.')} If it fails again, please contact Customer Success.`,
      ],
      figures: [],
      action: 'Open the application',
    }),

    application_withdrawn: (words) => ({
      subject: `Withdrawn: ${what(words)}`,
      paragraphs: [
        sentence(words, withdrawn(words)),
        whatIsLeft(words, 'No decision will be made, and nothing was changed.'),
      ],
      figures: [],
      action: 'Open the application',
    }),

    application_lapsed: (words) => ({
      subject: `Lapsed: ${what(words)}`,
      paragraphs: [
        sentence(words, 'has lapsed because it was not decided in time'),
        whatIsLeft(words, 'Nothing was changed. You can apply again at any time.'),
      ],
      figures: [],
      action: 'Open the application',
    }),

    application_received: (words) => ({
      subject: `New application: ${what(words)} (${words.organizationName})`,
      paragraphs: [applied(words), 'It is waiting for a decision.'],
      figures: figures.ofRequest(words.application),
      action: 'Decide the application',
    }),

    application_waiting: (words) => ({
      subject: `Waiting for a decision: ${what(words)} (${words.organizationName})`,
      preview: `${applied(words)} It is still waiting for a decision.`,
      paragraphs: [applied(words), 'It is still waiting for a decision.'],
      figures: figures.ofRequest(words.application),
      action: 'Decide the application',
    }),

    application_escalated: (words) => ({
      subject: `Waiting too long: ${what(words)} (${words.organizationName})`,
      preview: `${applied(words)} Nobody has decided it yet.`,
      paragraphs: [applied(words), 'Nobody has decided it yet, although the reviewers were reminded.'],
      figures: figures.ofRequest(words.application),
      action: 'Decide the application',
    }),

    subscription_renewed: (words) => ({
      subject: `Renewed: “${words.accountName}”`,
      preview: `The subscription of “${words.accountName}” was renewed.`,
      paragraphs: [
        `The subscription of the account “${words.accountName}” was renewed.`,
        ...said(
          words.subscription,
          ({ firstDay, expiresOn }) => `The new term runs from ${date(firstDay)} through ${date(expiresOn)}.`,
        ),
        ...byWhom(words),
      ],
      figures: figures.ofSubscription(words.subscription),
      action: 'Open the account',
    }),

    datapoints_changed: (words) => changed('Datapoints changed', changedDatapoints(words), words),
    license_changed: (words) => changed('License changed', changedLicense(words), words),

    reminder: (words) => ({
      subject: reminderSubject(words),
      paragraphs: [reminded(words), ...whatNext(words)],
      figures: figures.ofSubscription(words.subscription),
      action: words.subscription?.renewalPending ? 'Open the account' : 'Renew the account',
    }),

    subscription_expired: (words) => ({
      subject: `Expired: “${words.accountName}”`,
      paragraphs: [
        expired(words),
        ...said(words.renewal, failedRenewal).flat(),
        'No more datapoints can be allocated to its devices; everything in it is kept.',
        words.subscription?.renewalPending
          ? 'A renewal is waiting for a decision by Customer Success. Once it is approved, the account works again.'
          : 'You can still renew it: the account works again from the day on which the renewal is approved.',
      ],
      figures: figures.ofSubscription(words.subscription),
      action: words.subscription?.renewalPending ? 'Open the account' : 'Renew the account',
    }),

    recipients_unreachable: (words) => ({
      subject: `Nobody can be reached: ${words.emailDomain ?? `“${words.accountName}”`} (${words.organizationName})`,
      preview: `No e-mail about ${words.emailDomain ?? `“${words.accountName}”`} reaches anyone at ${words.organizationName}.`,
      paragraphs: [
        `An e-mail about the ${words.emailDomain === null ? `account “${words.accountName}”` : `domain ${words.emailDomain}`} has reached nobody at ${words.organizationName}: none of their addresses works, and there is no working fallback address.`,
        'Please call them. Once an address works again, a SuperAdmin can clear its mark in the settings.',
      ],
      figures: figures.ofSubscription(words.subscription),
      action: toWhatWasSent(words),
    }),

    email_domain_failed: ({ emailDomain }) => ({
      subject: `E-mails are no longer sent from ${emailDomain}`,
      preview: `The DNS records of ${emailDomain} are no longer correct.`,
      paragraphs: [
        `The DNS records of your domain ${emailDomain} are no longer correct. Until they are, e-mails about your accounts are sent from the platform’s own sender; none is lost.`,
        'Your domain settings show which record is missing. Once all records are in place again, e-mails are sent from the domain again automatically.',
      ],
      figures: [],
      action: 'Open the domains',
    }),

    email_domain_taken_over: ({ emailDomain }) => ({
      subject: `Another organization has added ${emailDomain}`,
      preview: `${emailDomain} was not verified, and is no longer among your domains.`,
      paragraphs: [
        `Another organization has added the domain ${emailDomain}, which you had added but not verified. It is no longer among your domains, and the DNS records that you were shown no longer verify it. No e-mail was sent from it, so none is lost.`,
        'If the domain is yours, add it again and set the new DNS records: it belongs to whoever verifies it first.',
      ],
      figures: [],
      action: 'Open the domains',
    }),

    organization_domain_failed: ({ emailDomain, organizationName }) => ({
      subject: `E-mails of ${organizationName} are no longer sent from ${emailDomain}`,
      preview: `The DNS records of ${emailDomain} are no longer correct.`,
      paragraphs: [
        `The DNS records of the domain ${emailDomain} of ${organizationName} are no longer correct. Until they are, e-mails about its accounts are sent from the platform’s own sender; none is lost.`,
        `The SuperAdmins of ${organizationName} were notified, too. The page of the organization shows which record is missing.`,
      ],
      figures: [],
      action: 'Open the organization',
    }),
  },
};

/** The account page lists the e-mails, if there is an account. */
function toWhatWasSent({ emailDomain, subscription }: Words): string {
  if (emailDomain !== null) return 'Open the organization';
  return subscription === null ? 'Open the application' : 'See what was sent';
}

/** The notice of an approved change: the figures change, the dates stay. */
function changed(subject: string, sentence: string, words: Words): Letter {
  const { accountName, application, subscription } = words;
  return {
    subject: `${subject}: “${accountName}”`,
    paragraphs: [
      sentence,
      ...byWhom(words),
      ...said(subscription, ({ expiresOn }) => `The last day of the account is still ${date(expiresOn)}.`),
    ],
    figures: figures.ofChange(application, subscription),
    action: 'Open the account',
  };
}

function changedDatapoints({ accountName, application, subscription }: Words): string {
  const [now] = said(application?.after ?? subscription, ({ contracted }) => `${number(contracted)} datapoints`);
  const [then] = said(application?.before, ({ contracted }) => ` instead of ${number(contracted)}`);
  return `The account “${accountName}” now has ${now ?? 'other datapoints'}${then ?? ''}.`;
}

function changedLicense({ accountName, application, subscription }: Words): string {
  const [now] = said(application?.after ?? subscription, ({ license }) => `the ${license.en} license`);
  const [then] = said(application?.before, ({ license }) => ` instead of ${license.en}`);
  return `The account “${accountName}” now has ${now ?? 'another license'}${then ?? ''}.`;
}

/** Who applied and who approved, and the note that the approval carries. */
function byWhom(words: Words): string[] {
  const { application } = words;
  return [
    ...said(
      application,
      ({ applicantName }) => `${applicantName} applied for it, and ${decidedBy(words)} approved it.`,
    ),
    ...said(application?.reason, (reason) => `Note: ${reason}`),
  ];
}

function what({ application, accountName }: Words): string {
  return application === null ? `“${accountName}”` : kinds[application.type](accountName);
}

function sentence(words: Words, happened: string): string {
  const { application } = words;
  const whose = application?.applicantLeft ? `The application of ${application.applicantName}` : 'Your application';
  const sent = application === null ? '' : `, sent on ${date(application.submittedOn)},`;
  return `${whose} for ${what(words)}${sent} ${happened}.`;
}

function applied(words: Words): string {
  const { application, organizationName } = words;
  return application === null
    ? `${organizationName} applied for ${what(words)}.`
    : `${application.applicantName} of ${organizationName} applied for ${what(words)} on ${date(application.submittedOn)}.`;
}

function withdrawn({ application }: Words): string {
  const name = application?.withdrawnByName ?? null;
  return name === null ? 'was withdrawn' : `was withdrawn by ${name}`;
}

/**
 * What remains after an application that came to nothing; a pending renewal may have been the only thing that kept the
 * account working.
 */
function whatIsLeft(words: Words, unchanged: string): string {
  const lastDay = lastDayOfStopped(words);
  return lastDay === null
    ? unchanged
    : `The account no longer works: its last day was ${date(lastDay)}. You can apply again at any time: it works again from the day on which a renewal is approved.`;
}

function decidedBy({ application }: Words): string {
  return application?.decidedByName ?? 'Customer Success';
}

function approved(
  { application }: Words,
  { firstDay, expiresOn, hasReminders, contracted, license }: SubscriptionWords,
): string {
  switch (application?.type) {
    case 'change_datapoints':
      return `The account now has ${number(contracted)} datapoints.`;
    case 'change_license':
      return `The account now has the ${license.en} license.`;
    case 'renew_subscription':
      return `The new term runs from ${date(firstDay)} through ${date(expiresOn)}.`;
    default:
      return `The account works from ${date(firstDay)} through ${date(expiresOn)}.${hasReminders ? ' Reminders are sent before it expires.' : ''}`;
  }
}

function reminderSubject({ accountName, subscription }: Words): string {
  if (subscription === null) return `“${accountName}” expires soon`;
  const { daysLeft, renewalPending } = subscription;
  const pending = renewalPending ? ': its renewal is pending' : '';
  if (daysLeft <= 0) return `Today is the last day of “${accountName}”${pending}`;
  return `“${accountName}” expires ${inDays(daysLeft)}${pending}`;
}

function reminded({ accountName, subscription }: Words): string {
  if (subscription === null) return `The account “${accountName}” expires soon.`;
  const { daysLeft, expiresOn } = subscription;
  if (daysLeft <= 0) return `Today is the last day of the account “${accountName}”: ${date(expiresOn)}.`;
  return `The account “${accountName}” expires ${inDays(daysLeft)}. Its last day is ${date(expiresOn)}.`;
}

function inDays(days: number): string {
  return days === 1 ? 'tomorrow' : `in ${number(days)} days`;
}

/** With a pending renewal, asks for nothing; after a renewal that came to nothing, says why. */
function whatNext({ subscription, renewal }: Words): string[] {
  if (subscription === null) return [];
  const { renewalPending, isLastReminder, expiresOn, worksThrough, stops } = subscription;
  const stopsThen = `${date(stops.on)} at ${stops.at} (${stops.timeZone})`;
  const ends =
    'From then on, no more datapoints can be allocated to its devices, and the account can only be changed by a renewal; everything in it is kept.';
  if (renewalPending)
    return [
      `${sentRenewal(renewal)} You do not need to do anything. Until it is decided, the account keeps working, through ${date(worksThrough)} at the latest.`,
      ...(isLastReminder ? [`Without a decision by then, it stops working on ${stopsThen}. ${ends}`] : []),
    ];
  const failed = said(renewal, failedRenewal).flat();
  const again = failed.length > 0 ? 'Apply again' : 'Renew it';
  return [
    ...failed,
    ...(isLastReminder ? [`The account stops working on ${stopsThen}. ${ends}`] : []),
    `${again} by ${date(expiresOn)}, and the account keeps working without losing a day.`,
  ];
}

function sentRenewal(renewal: RenewalWords | null): string {
  return renewal?.status === 'pending'
    ? `${renewal.applicantName} applied for its renewal on ${date(renewal.submittedOn)}, and Customer Success has not decided yet.`
    : 'A renewal is waiting for a decision by Customer Success.';
}

function failedRenewal({ status, submittedOn, applicantName, decidedByName, reason }: RenewalWords): string[] {
  const sent = `The renewal that ${applicantName} applied for on ${date(submittedOn)}`;
  if (status === 'rejected')
    return [
      `${sent} was rejected by ${decidedByName ?? 'Customer Success'}.`,
      ...said(reason, (words) => `Reason: ${words}`),
    ];
  if (status === 'lapsed') return [`${sent} has lapsed because it was not decided in time.`];
  if (status === 'failed') return [`${sent} was approved but could not be carried out.`];
  return [];
}

function expired({ accountName, subscription }: Words): string {
  if (subscription === null) return `The account “${accountName}” has expired.`;
  const { expiresOn, worksThrough } = subscription;
  const wentOn =
    worksThrough > expiresOn ? `, but it kept working through ${date(worksThrough)} while its renewal was pending` : '';
  return `The account “${accountName}” has expired. Its last day was ${date(expiresOn)}${wentOn}.`;
}
