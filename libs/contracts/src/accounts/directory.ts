import { z } from 'zod';
import { accountStates } from '../licensing/contract.js';
import { request } from '../message.js';
import { calendarDate, code, country, cursor, instant, next, timeZone, uuid } from '../values.js';

/** Who an account is, for the platform's services. How much it may use is `licensing.entitlement.get`. */
export const accountEntry = z.object({
  accountId: uuid,
  organizationId: uuid,
  organizationName: z.string(),
  accountName: z.string(),
  customerName: z.string(),
  sector: code,
  country,
  timeZone,
  license: code,
  state: z.enum(accountStates),
  expiresOn: calendarDate.describe('The last day of the term, in `timeZone`.'),
  validUntil: instant.describe('When the account stops (exclusive), in its own clock.'),
  clockAheadSeconds: z.int().describe("Sandbox: how far the account's clock is ahead of the wall clock; 0 elsewhere."),
  revision: z
    .int()
    .describe(
      'Of the entitlement that license and dates are from; `licensing.entitlement.changed` with a larger `version` is newer.',
    ),
  createdAt: instant,
});
export type AccountEntry = z.infer<typeof accountEntry>;

export const getAccount = request(
  'accounts.account.get',
  ['ingestion', 'alerting', 'reporting', 'devices'],
  z.strictObject({ accountId: uuid }).describe('Who an account is. Refused: `not_found`.'),
  accountEntry,
);

export const listAccounts = request(
  'accounts.account.list',
  ['ingestion', 'alerting', 'reporting', 'devices'],
  z
    .strictObject({
      organizationId: uuid.optional(),
      state: z.enum(accountStates).optional(),
      changedSince: instant
        .optional()
        .describe(
          'Only those that were created, got another entitlement or expired since; the `asOf` of an earlier answer.',
        ),
      cursor: cursor.describe("The last page's `next`."),
      limit: z.int().min(1).max(1_000).default(100),
    })
    .describe(
      'Who the accounts are, by their ids: all, or those of an organization, those in a state, those that changed.',
    ),
  z.object({
    items: z.array(accountEntry),
    next,
    asOf: instant.describe(
      "What changes after this page was read has changed since this instant, although some that is in it has as well. Of several pages, keep the first one's.",
    ),
  }),
);
