import { z } from 'zod';
import { request } from '../message.js';
import { calendarDate, code, datapoints, instant, rtcLines, timeZone, uuid } from '../values.js';
import { accountStates } from './contract.js';

/** What an account may use now. */
export const entitlementView = z.object({
  accountId: uuid,
  organizationId: uuid,
  license: code,
  features: z.array(z.string()),
  contracted: datapoints,
  used: datapoints,
  left: datapoints,
  rtcLines,
  expiresOn: calendarDate.describe('The last day of the term, in `timeZone`.'),
  validUntil: instant.describe(
    'When the account stops (exclusive), in its own clock: the end of `expiresOn`, or later while a renewal is pending.',
  ),
  timeZone,
  clockAheadSeconds: z.int().describe("Sandbox: seconds by which the account's clock is ahead; 0 elsewhere."),
  state: z.enum(accountStates).describe('At the time of the answer.'),
  revision: z
    .int()
    .describe(
      'Increases with each change of license, contracted datapoints, RTC lines or `validUntil`; `version` of `licensing.entitlement.changed`.',
    ),
  useVersion: z.int().describe('Increases with each change of `used`; `version` of `licensing.use.changed`.'),
});
export type EntitlementView = z.infer<typeof entitlementView>;

export const getEntitlement = request(
  'licensing.entitlement.get',
  ['ingestion', 'alerting', 'reporting', 'devices'],
  z
    .strictObject({ accountId: uuid })
    .describe('Returns what an account may use now, how much of it is used, and until when. Refused: `not_found`.'),
  entitlementView,
);

/** The state of an account that licensing's events report, as it is now. Instants are in the account's clock. */
export const toldEntitlement = z.object({
  accountId: uuid,
  license: code,
  contracted: datapoints,
  rtcLines,
  firstDay: calendarDate,
  expiresOn: calendarDate,
  expiresAt: instant,
  validUntil: instant,
  revision: z.int(),
  used: datapoints,
  useVersion: z.int(),
});
export type ToldEntitlement = z.infer<typeof toldEntitlement>;

/**
 * The entitlements of every account by id, page by page, for a projection that has to be rebuilt without the events.
 */
export const listEntitlements = request(
  'licensing.entitlement.list',
  ['accounts'],
  z.strictObject({
    /** The last account of the previous page; null for the first. */
    after: uuid.nullable(),
    limit: z.int().min(1).max(1_000).default(200),
  }),
  z.object({ items: z.array(toldEntitlement), next: uuid.nullable() }),
);
