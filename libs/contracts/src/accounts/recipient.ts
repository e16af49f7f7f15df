import { z } from 'zod';
import { contractFacts } from '../licensing/contract.js';
import { eachOf, manyOf } from '../many.js';
import { request } from '../message.js';
import { figures } from '../problem.js';
import { domainName, spokenLanguage, timeZone, uuid } from '../values.js';
import { extraAddressesTold } from './account-recipients.js';
import { calendarToken } from './calendar.js';
import { noticeGroups } from './wishes.js';

/** The recipients of a notice, by its audience, with the facts that its text needs. */
export const audiences = ['super_admins', 'applicant', 'customer_success', 'customer_success_leads'] as const;

export const listRecipients = request(
  'accounts.recipient.list',
  ['notifications'],
  z.strictObject({
    audience: z.enum(audiences),
    organizationId: uuid,
    accountId: uuid.nullable(),
    applicationId: uuid.nullable(),
    /** Creates an address for the calendar of the account's expiry. */
    calendar: z.boolean().default(false),
    /** Only SuperAdmins who receive this group of notices; absent: all. */
    group: z.enum(noticeGroups).optional(),
    /** Includes the account's extra addresses. */
    extraAddresses: z.boolean().default(false),
  }),
  z.object({
    recipients: z.array(z.object({ memberId: uuid, name: z.string(), email: z.string(), language: spokenLanguage })),
    /** Filled if requested. */
    extraAddresses: extraAddressesTold,
    fallbackEmail: z.string().nullable(),
    organization: z.object({
      name: z.string(),
      language: spokenLanguage,
      timeZone,
      logoUrl: z.string().nullable(),
    }),
    account: z
      .object({ accountName: z.string(), customerName: z.string(), timeZone, emailDomain: domainName.nullable() })
      .nullable(),
    /** The account's latest application for a renewal, for reminders. */
    renewal: z
      .object({
        status: z.string(),
        submittedAt: z.string(),
        applicantName: z.string(),
        decidedByName: z.string().nullable(),
        reason: z.string().nullable(),
      })
      .nullable(),
    /** Present if `calendar` was requested. */
    calendarToken: calendarToken.nullable(),
    application: z
      .object({
        type: z.string(),
        status: z.string(),
        reason: z.string().nullable(),
        decidedByName: z.string().nullable(),
        withdrawnByName: z.string().nullable(),
        applicantName: z.string(),
        /** The applicant is no longer a SuperAdmin of the organization: others are notified instead. */
        applicantLeft: z.boolean(),
        submittedAt: z.string(),
        failure: z.string().nullable(),
        /** The failures as codes with figures, for texts in other languages. */
        failures: z.array(z.object({ code: z.string(), figures: figures.optional() })),
        /** The request's own fields that a text may show: license, datapoints, months. */
        request: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
        /** The contract at submission, and the contract since it was fulfilled; before that, as it would be. */
        before: contractFacts.nullable(),
        after: contractFacts.nullable(),
      })
      .nullable(),
  }),
);

/** `listRecipients` for many notices. */
export const listRecipientsOfMany = request(
  'accounts.recipient.list-many',
  ['notifications'],
  manyOf(listRecipients.request),
  eachOf(listRecipients.answer),
);
