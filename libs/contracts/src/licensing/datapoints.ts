import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { mostAsked } from '../many.js';
import { request } from '../message.js';
import { datapoints, instant, limit, pageOf, searchText, uuid } from '../values.js';

/** An id of the calling service, not a name that people type: stored exactly as sent, including surrounding spaces. */
const name = z.string().regex(/^[^\0]{1,200}$/, '1 to 200 characters, none of them null.');

/** How many datapoints one device uses. */
const deviceUse = z.strictObject({
  deviceId: name.describe(
    '1 to 200 characters, stored exactly as sent. Unique within the account, whatever the datasource.',
  ),
  datasource: name.describe('1 to 200 characters.'),
  datapoints: datapoints.describe('0 releases.'),
  revision: z
    .int()
    .min(0)
    .optional()
    .describe(
      "Your own counter of the device's changes. A request with an older revision than the stored one changes nothing and returns the current figures, so a late retry cannot bring back an old figure.",
    ),
});

const figures = {
  contracted: datapoints,
  used: datapoints.describe('By all devices of the account.'),
  left: datapoints,
  useVersion: z.int().describe('Increases with each change of `used`; `version` of `licensing.use.changed`.'),
};

export const allocateDatapoints = request(
  'licensing.datapoints.allocate',
  ['ingestion'],
  z
    .strictObject({ accountId: uuid, ...deviceUse.shape })
    .describe(
      'Sets how many datapoints one device uses. Idempotent: the request states the new figure, not a difference. Refused: `datapoints_exceeded` or `account_expired` (no increase) with `contracted`, `used` and `left` in `figures`; `not_found`.',
    ),
  z.object({ datapoints: datapoints.describe('The current figure of the device.'), ...figures }),
);

/** The maximum number of devices in one message. */
export const mostDevices = 1_000;

export const allocateManyDatapoints = request(
  'licensing.datapoints.allocate-many',
  ['ingestion'],
  z
    .strictObject({
      accountId: uuid,
      devices: z
        .array(deviceUse)
        .min(1)
        .max(mostDevices)
        .superRefine(namedOnce)
        .describe(`1 to ${mostDevices.toLocaleString('en')} devices, each listed once.`),
    })
    .describe(
      'Sets how many datapoints several devices of one account use, all or nothing. Each device follows the rules of `licensing.datapoints.allocate`, with the same refusals; datapoints that some devices release are available to the others. The answer keeps the order of the request.',
    ),
  z.object({ devices: z.array(z.object({ deviceId: z.string(), datapoints })), ...figures }),
);

function namedOnce(devices: z.infer<typeof deviceUse>[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { deviceId }] of devices.entries()) {
    if (seen.has(deviceId))
      context.addIssue({ code: 'custom', path: [index, 'deviceId'], message: 'This device is listed twice.' });
    seen.add(deviceId);
  }
}

/**
 * Recounts the use of accounts from their devices, for an operator who found a difference (`npm run verify`). If the
 * devices use more than is contracted, `used` is set to all that is contracted, so that nothing more is allocated.
 * Accounts that agree and unknown ones are left out of the answer.
 */
export const recountDatapoints = request(
  'licensing.datapoints.recount',
  ['operator'],
  z.strictObject({ accountIds: z.array(uuid).min(1).max(mostAsked) }),
  z.object({
    items: z.array(
      z.object({
        accountId: uuid,
        contracted: datapoints,
        usedBefore: z.int(),
        used: datapoints,
        /** The sum over its devices. */
        allocated: z.int(),
      }),
    ),
  }),
);

/** The allocation of one device. A released device has 0 and stays in the list. */
export const allocationView = z.object({
  deviceId: z.string(),
  datasource: z.string(),
  datapoints,
  revision: z.int().nullable().describe('As last sent; null if none was.'),
  setBy: z.string().describe('The service that set it.'),
  setAt: instant,
});
export type AllocationView = z.infer<typeof allocationView>;

export const listAllocations = request(
  'licensing.allocation.list',
  ['ingestion', 'alerting', 'reporting', 'devices'],
  z
    .strictObject({
      accountId: uuid,
      deviceId: name.optional(),
      datasource: name.optional(),
      cursor: name.optional().describe('`next` of the previous page.'),
      limit,
    })
    .describe(
      'Lists the allocations of an account by device, filtered by device or datasource if given. Refused: `not_found`.',
    ),
  pageOf(allocationView),
);

/**
 * For the console: the allocations of an account by device; with `text`, those whose device or datasource contains it.
 * @throws not_found
 */
export const showAllocations = request(
  'licensing.allocation.show',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    accountId: uuid,
    text: searchText,
    /** `next` of the previous page. */
    cursor: name.optional(),
    limit,
  }),
  pageOf(allocationView),
);
