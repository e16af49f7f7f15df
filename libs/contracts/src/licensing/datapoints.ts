import { z } from 'zod';
import { request } from '../message.js';
import { datapoints, uuid } from '../values.js';

/**
 * Sets how many datapoints one device uses; 0 releases. Declarative: repeating it changes nothing.
 * With `revision`, an older one than the stored changes nothing and is answered with what holds.
 * @throws datapoints_exceeded or account_expired with contracted, used and left; not_found
 */
export const allocateDatapoints = request(
  'licensing.datapoints.allocate',
  ['ingestion'],
  z.strictObject({
    accountId: uuid,
    deviceId: z.string().regex(/^[^\0]{1,200}$/),
    datasource: z.string().regex(/^[^\0]{1,200}$/),
    datapoints,
    revision: z.int().min(0).optional(),
  }),
  z.object({ datapoints, contracted: datapoints, used: datapoints, left: datapoints, useVersion: z.int() }),
);
