import type { ApplicationStatus, LicenseNames, NoticeKind } from '@tenure/contracts';
import type { CalendarDate } from '@tenure/lifecycle';
import type { Audience } from '../domain/audience.js';

/** The content of an e-mail, in one language and without layout. */
export interface Letter {
  subject: string;
  /** What a list of e-mails shows after the subject; by default, the first paragraph. */
  preview?: string;
  paragraphs: string[];
  figures: Figure[];
  /** The label of the button that links to the page. */
  action: string;
}

export interface Figure {
  label: string;
  value: string;
}

/** The facts for a letter. Dates are in the account's zone. */
export interface Words {
  accountName: string;
  organizationName: string;
  /** An https address, used in e-mails from the organization's own domain. */
  organizationLogoUrl: string | null;
  /** Null when the notice is about no application. */
  application: ApplicationWords | null;
  /** Null when there is no subscription yet. */
  subscription: SubscriptionWords | null;
  /**
   * The account's latest renewal application, in notices to its SuperAdmins; null in other notices, or if there is none.
   */
  renewal: RenewalWords | null;
  /** The organization's domain that the notice is about; null if it is about none. */
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
  /** The applicant is no longer a SuperAdmin of the organization: the current SuperAdmins get the letter instead. */
  applicantLeft: boolean;
  submittedOn: CalendarDate;
  decidedByName: string | null;
  withdrawnByName: string | null;
  /** As its author wrote it. */
  reason: string | null;
  /** Why it could not be carried out, in English. */
  failure: string | null;
  /** The same as codes with figures. */
  failures: { code: string; figures?: Record<string, number | string> | undefined }[];
  /** What was requested; null if the type has no such field. */
  license: LicenseNames | null;
  datapoints: number | null;
  months: number | null;
  /** The account when the application was sent; null for a new account, or if unknown. */
  before: HeldWords | null;
  /** The account since the application was fulfilled; before that, as it would be. */
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
  /**
   * The last day on which the account works, or worked: later than `expiresOn` if a renewal is, or was, pending past
   * it.
   */
  worksThrough: CalendarDate;
  /** Days from today to `expiresOn`; 0 on the last day. */
  daysLeft: number;
  /** When it stops, in local time: `00:00` on the day after the last, except in zones where that day starts later. */
  stops: { on: CalendarDate; at: string; timeZone: string };
  renewalPending: boolean;
  /** No later reminder is planned in the term. */
  isLastReminder: boolean;
  /** Reminders are planned in the term. */
  hasReminders: boolean;
  license: LicenseNames;
  contracted: number;
}

/** The kind of reader of a letter. */
export type Reader = Audience | 'extra_address' | 'fallback_address';

/** All texts of one language. A missing text fails the type check. */
export interface Texts {
  /** `name` is null for an address without a known person. */
  greeting(name: string | null): string;
  /** Why the reader gets the e-mail; for a reminder, also how long before the last day it comes. */
  footer(reader: Reader, words: Words, offset: string | null): string;
  /** The label of the link to a calendar with the expiry. */
  addToCalendar: string;
  /** For an extra address, instead of the button: who can act on it. */
  forOthersToDo(words: Words, canBeRenewed: boolean): string;
  letters: Record<NoticeKind, (words: Words) => Letter>;
}
