import { z } from 'zod';
import { contractFacts, refusalSchema } from '../licensing/contract.js';
import { importedMoment, importedTerm, mostImported } from '../licensing/import.js';
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

/** An account that exists elsewhere, with the term that holds. Country and time zone are preset from the organization. */
export const importedAccount = z.strictObject({
  /** Made from what the account is known by elsewhere, so that a second import finds it. */
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
  /** Who is told of it besides members. */
  extraAddresses: extraAddresses.default([]),
  term: importedTerm,
});
export type ImportedAccount = z.output<typeof importedAccount>;

const judged = z.object({
  accountId: uuid,
  /** `there`: it was created before; nothing changes, whatever is asked for. */
  state: growing(['new', 'there', 'refused']),
  refusals: z.array(refusalSchema),
  /** The same for names that count as one, within an organization. */
  nameKey: z.string(),
  /** What holds, or would hold; null unless it is new. */
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
      message: 'An account is there twice.',
    }),
});
const answer = z.object({ items: z.array(judged) });

/** What importing these would mean now, in their order. Stores nothing. @throws unavailable, timeout */
export const checkAccounts = request('accounts.account.check', ['importer'], ask, answer);
/**
 * Creates those that are not there yet and not refused, with their subscriptions. It may end at any point: asked again,
 * it goes on, and what is there is not made twice. @throws unavailable, timeout
 */
export const importAccounts = request('accounts.account.import', ['importer'], ask, answer);

/** All accounts with what they have contracted, as an import takes them; by organization and name. @throws unavailable, timeout */
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
