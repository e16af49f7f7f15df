import type { ApplicationStatus, LicenseNames, NoticeKind } from '@tenure/contracts';
import type { CalendarDate } from '@tenure/lifecycle';
import type { Audience } from '../domain/audience.js';

/** What an e-mail says, in one language and before it has a shape. */
export interface Letter {
  subject: string;
  /** What a list of e-mails shows behind the subject. */
  preview: string;
  paragraphs: string[];
  figures: Figure[];
  /** The words on the button that leads to the page. */
  action: string;
}

export interface Figure {
  label: string;
  value: string;
}

/** What a letter is written from. Dates are those of the account's zone. */
export interface Words {
  accountName: string;
  organizationName: string;
  /** An https address, for e-mails from the organization's own domain. */
  organizationLogoUrl: string | null;
  /** Null when the notice is about no application. */
  application: ApplicationWords | null;
  /** Null when there is no subscription yet. */
  subscription: SubscriptionWords | null;
  /** The account's latest application for a renewal; null where there is none, or where nobody is reminded. */
  renewal: RenewalWords | null;
  /** The organization's own domain that the notice is about; null when it is about none. */
  emailDomain: string | null;
}

export interface RenewalWords {
  status: ApplicationStatus;
  submittedOn: CalendarDate;
  applicantName: string;
  decidedByName: string | null;
  /** As its author wrote it. */
  reason: string | null;
}

export interface ApplicationWords {
  type: 'new_account' | 'change_datapoints' | 'change_license' | 'renew_subscription';
  applicantName: string;
  /** No SuperAdmin of the organization any more: those who are read the letter in their place. */
  applicantLeft: boolean;
  submittedOn: CalendarDate;
  decidedByName: string | null;
  withdrawnByName: string | null;
  /** As its author wrote it. */
  reason: string | null;
  /** Why it could not be carried out, in English. */
  failure: string | null;
  /** The same by codes, with their figures. */
  failures: { code: string; figures?: Record<string, number | string> | undefined }[];
  /** What was asked for; null where the type does not say. */
  license: LicenseNames | null;
  datapoints: number | null;
  months: number | null;
  /** What held when it was sent; null for a new account, or where nobody knows. */
  before: HeldWords | null;
  /** What holds since it was fulfilled; before that, what would. */
  after: HeldWords | null;
}

export interface HeldWords {
  license: LicenseNames;
  contracted: number;
}

export interface SubscriptionWords {
  firstDay: CalendarDate;
  /** The last day of the term. */
  expiresOn: CalendarDate;
  /** The last day on which the account works, or worked: later than `expiresOn` where a renewal is, or was, pending past it. */
  worksThrough: CalendarDate;
  /** Days from today to `expiresOn`; 0 on the last day. */
  daysLeft: number;
  /** When it stops, on the clocks of its zone: `00:00` on the day after the last but for zones whose day begins later. */
  stops: { on: CalendarDate; at: string; timeZone: string };
  renewalPending: boolean;
  /** No later reminder of the term is planned. */
  isLastReminder: boolean;
  /** Reminders of the term are planned. */
  hasReminders: boolean;
  license: LicenseNames;
  contracted: number;
}

/** Whom a letter is written to. */
export type Reader = Audience | 'extra_address' | 'fallback_address';

/** Everything that one language has to say. A text that is missing fails the type check. */
export interface Texts {
  /** For an address that nobody's name belongs to, `name` is null. */
  greeting(name: string | null): string;
  /** Why one gets it; of a reminder with how long before the last day it comes. */
  footer(reader: Reader, words: Words, offset: string | null): string;
  /** The words of the link to a calendar of the expiry. */
  addToCalendar: string;
  /** At an extra address, in place of the button: who can do something about it. */
  forOthersToDo(words: Words, canBeRenewed: boolean): string;
  letters: Record<NoticeKind, (words: Words) => Letter>;
}
