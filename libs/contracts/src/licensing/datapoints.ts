import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { datapoints, instant, limit, pageOf, searchText, uuid } from '../values.js';

/** An id of the service that asks, not a name that people type: kept to the letter, also with space around it. */
const name = z.string().regex(/^[^\0]{1,200}$/, '1 to 200 characters, none of them null.');

/** What one device is to use; 0 releases. */
const deviceUse = z.strictObject({
  deviceId: name,
  datasource: name,
  datapoints,
  /** The caller's own count of the device's changes: an older one than the stored changes nothing. */
  revision: z.int().min(0).optional(),
});

const figures = { contracted: datapoints, used: datapoints, left: datapoints, useVersion: z.int() };

/**
 * Sets how many datapoints one device uses; 0 releases. Declarative: repeating it changes nothing.
 * With `revision`, an older one than the stored changes nothing and is answered with what holds.
 * @throws datapoints_exceeded or account_expired with contracted, used and left; not_found
 */
export const allocateDatapoints = request(
  'licensing.datapoints.allocate',
  ['ingestion'],
  z.strictObject({ accountId: uuid, ...deviceUse.shape }),
  z.object({ datapoints, ...figures }),
);

/** How many devices one message may be about. */
export const mostDevices = 1_000;

/**
 * Sets what many devices of one account use, all or nothing; each by the rules of `licensing.datapoints.allocate`. What
 * some release is there for the others. Answers with what holds for each, in the order of the request.
 * @throws datapoints_exceeded or account_expired with contracted, used and left; not_found; invalid for a device named twice
 */
export const allocateManyDatapoints = request(
  'licensing.datapoints.allocate-many',
  ['ingestion'],
  z.strictObject({
    accountId: uuid,
    devices: z.array(deviceUse).min(1).max(mostDevices).superRefine(namedOnce),
  }),
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
  z.strictObject({ accountIds: z.array(uuid).min(1).max(100) }),
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
  revision: z.int().nullable(),
  /** The service that set it. */
  setBy: z.string(),
  setAt: instant,
});
export type AllocationView = z.infer<typeof allocationView>;

/** The allocations of an account, by device; of one device or datasource, where it is given. @throws not_found */
export const listAllocations = request(
  'licensing.allocation.list',
  ['ingestion', 'alerting', 'reporting', 'devices'],
  z.strictObject({
    accountId: uuid,
    deviceId: name.optional(),
    datasource: name.optional(),
    /** The last page's `next`. */
    cursor: name.optional(),
    limit,
  }),
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
