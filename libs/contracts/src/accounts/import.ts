import { z } from 'zod';
import { contractFacts, refusalSchema } from '../licensing/contract.js';
import { importedMoment, importedTerm, mostImported } from '../licensing/import.js';
import { mostAsked } from '../many.js';
import { request } from '../message.js';
import {
  accountName,
  calendarDate,
  choice,
  comment,
  contractedDatapoints,
  country,
  cursor,
  customerName,
  domainName,
  growing,
  rtcLines,
  timeZone,
  uuid,
} from '../values.js';
import { extraAddresses, extraAddressesTold } from './account-recipients.js';

/** An account of another system, with its current term. Country and time zone default to those of the organization. */
export const importedAccount = z.strictObject({
  /** Derived from the account's id in its source system, so that a second import finds it. */
  accountId: uuid,
  organizationId: uuid,
  accountName,
  customerName,
  license: choice('Choose a license.'),
  datapoints: contractedDatapoints,
  rtcLines: rtcLines.default(0),
  sector: choice('Choose a sector.'),
  country: country.optional(),
  timeZone: timeZone.optional(),
  /** One of the organization's verified domains; null is the platform's own. */
  emailDomain: domainName.nullable().default(null),
  comment: comment.default(''),
  /** Who is notified besides members. */
  extraAddresses: extraAddresses.default([]),
  term: importedTerm,
});
export type ImportedAccount = z.output<typeof importedAccount>;

const judged = z.object({
  accountId: uuid,
  /** `there`: the account exists already, and the import changes nothing, whatever it asks for. */
  state: growing(['new', 'there', 'refused']),
  refusals: z.array(refusalSchema),
  /** Equal for names that count as the same within an organization. */
  nameKey: z.string(),
  /** The contract of a new account, as it is or would be; else null. */
  facts: contractFacts.nullable(),
  moments: z.array(importedMoment),
});
export type JudgedAccount = z.infer<typeof judged>;

const ask = z.strictObject({
  accounts: z
    .array(importedAccount)
    .min(1)
    .max(mostImported)
    .refine((accounts) => new Set(accounts.map(({ accountId }) => accountId)).size === accounts.length, {
      message: 'An account is listed twice.',
    }),
});
const answer = z.object({ items: z.array(judged) });

/** What importing these would do now, in the order of the request. Stores nothing. @throws unavailable, timeout */
export const checkAccounts = request('accounts.account.check', ['importer'], ask, answer);
/**
 * Creates the new ones that are not refused, with their subscriptions. It may stop at any point: a repeat continues,
 * and creates nothing twice. @throws unavailable, timeout
 */
export const importAccounts = request('accounts.account.import', ['importer'], ask, answer);

/**
 * Drops accounts that an interrupted import has left invisible, and frees their names. Keeps those whose subscription
 * licensing has opened: the same import makes them visible. @throws unavailable, timeout
 */
export const dropPreparedAccounts = request(
  'accounts.account.drop',
  ['operator'],
  z.strictObject({ accountIds: z.array(uuid).min(1).max(mostAsked) }),
  z.object({ dropped: z.array(uuid) }),
);

/**
 * All accounts with what they have contracted, in the form that an import takes, by organization and name. @throws
 * unavailable, timeout
 */
export const exportAccounts = request(
  'accounts.account.export',
  ['importer'],
  z.strictObject({ cursor, limit: z.int().min(1).max(mostImported).default(mostImported) }),
  z.object({
    items: z.array(
      z.object({
        ...importedAccount.shape,
        extraAddresses: extraAddressesTold,
        term: z.object(importedTerm.shape),
        expiresOn: calendarDate,
      }),
    ),
    next: z.string().nullable(),
  }),
);
