import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { mostAsked } from '../many.js';
import { request } from '../message.js';
import { datapoints, instant, limit, pageOf, searchText, uuid } from '../values.js';

/** An id of the service that asks, not a name that people type: kept to the letter, also with space around it. */
const name = z.string().regex(/^[^\0]{1,200}$/, '1 to 200 characters, none of them null.');

/** What one device is to use. */
const deviceUse = z.strictObject({
  deviceId: name.describe(
    '1 to 200 characters, kept to the letter. One device of the account, whatever its datasource.',
  ),
  datasource: name,
  datapoints: datapoints.describe('0 releases.'),
  revision: z
    .int()
    .min(0)
    .optional()
    .describe(
      "Your own count of the device's changes: an older one than the stored changes nothing and is answered with what holds, so that a late repeat brings back no old figure.",
    ),
});

const figures = {
  contracted: datapoints,
  used: datapoints.describe('Of the account, by all its devices.'),
  left: datapoints,
  useVersion: z.int().describe('Grows with each change of `used`; `version` of `licensing.use.changed`.'),
};

export const allocateDatapoints = request(
  'licensing.datapoints.allocate',
  ['ingestion'],
  z
    .strictObject({ accountId: uuid, ...deviceUse.shape })
    .describe(
      'Sets how many datapoints one device uses. It says what is to hold, so repeating it changes nothing. Refused: `datapoints_exceeded` or `account_expired` (no increase) with `contracted`, `used` and `left` in `figures`; `not_found`.',
    ),
  z.object({ datapoints: datapoints.describe('What holds for the device.'), ...figures }),
);

/** How many devices one message may be about. */
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
        .describe(`1 to ${mostDevices.toLocaleString('en')}, each named once.`),
    })
    .describe(
      'Sets what many devices of one account use, all or nothing; each by the rules of `licensing.datapoints.allocate`, with the same refusals. What some release is there for the others. Answered in the order of the request.',
    ),
  z.object({ devices: z.array(z.object({ deviceId: z.string(), datapoints })), ...figures }),
);

function namedOnce(devices: z.infer<typeof deviceUse>[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { deviceId }] of devices.entries()) {
    if (seen.has(deviceId))
      context.addIssue({ code: 'custom', path: [index, 'deviceId'], message: 'This device is named twice.' });
    seen.add(deviceId);
  }
}

/**
 * Counts what accounts use once more from their devices, for an operator who found a difference (`npm run verify`). Where
 * the devices use more than is contracted, all that is contracted is in use, so that nothing more is allocated. What
 * agrees, and who is unknown, is left out of the answer.
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
        /** The sum of what its devices use. */
        allocated: z.int(),
      }),
    ),
  }),
);

/** What one device uses. A released one has 0, and stays in the list. */
export const allocationView = z.object({
  deviceId: z.string(),
  datasource: z.string(),
  datapoints,
  revision: z.int().nullable().describe('As it was given last; null when none was.'),
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
      cursor: name.optional().describe("The last page's `next`."),
      limit,
    })
    .describe(
      'What the devices of an account use, by device; of one device or one datasource, where it is given. Refused: `not_found`.',
    ),
  pageOf(allocationView),
);

/** For people: the allocations of an account, by device; with `text`, those of whose device or datasource it is a part. @throws not_found */
export const showAllocations = request(
  'licensing.allocation.show',
  ['gateway'],
  z.strictObject({
    actor: actorSchema,
    accountId: uuid,
    text: searchText,
    /** The last page's `next`. */
    cursor: name.optional(),
    limit,
  }),
  pageOf(allocationView),
);
