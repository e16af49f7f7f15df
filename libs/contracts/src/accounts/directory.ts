import { z } from 'zod';
import { accountStates } from '../licensing/contract.js';
import { request } from '../message.js';
import { calendarDate, code, country, cursor, instant, next, timeZone, uuid } from '../values.js';

/** What an account is, for the platform's services. How much it may use is in `licensing.entitlement.get`. */
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
  clockAheadSeconds: z.int().describe("Sandbox: seconds by which the account's clock is ahead; 0 elsewhere."),
  revision: z
    .int()
    .describe(
      'The revision of the entitlement that `license` and the dates come from. An event `licensing.entitlement.changed` with a larger `version` is newer.',
    ),
  createdAt: instant,
});
export type AccountEntry = z.infer<typeof accountEntry>;

export const getAccount = request(
  'accounts.account.get',
  ['ingestion', 'alerting', 'reporting', 'devices'],
  z
    .strictObject({ accountId: uuid })
    .describe('Returns one account: its names, place and state. Refused: `not_found`.'),
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
          "Only accounts that were created, expired or got another entitlement since then; pass the `asOf` of an earlier answer. All accounts if it is in the future, because the database's clock was set back.",
        ),
      cursor: cursor.describe('`next` of the previous page.'),
      limit: z.int().min(1).max(1_000).default(100),
    })
    .describe('Lists accounts by id: all of them, or filtered by organization, state or time of change.'),
  z.object({
    items: z.array(accountEntry),
    next,
    asOf: instant.describe(
      "Pass it as `changedSince` next time. No later change is missed; some changes in this page may come again. With several pages, keep the first page's.",
    ),
  }),
);
