import { z } from 'zod';
import { actorSchema } from '../actor.js';
import { request } from '../message.js';
import { code, datapoints, done, namesByLanguage, rtcLines } from '../values.js';

export const licenseView = z.object({
  code,
  names: namesByLanguage,
  /** Higher is more. */
  rank: z.int(),
  features: z.array(z.string()),
  maxDatapoints: datapoints,
  maxRtcLines: rtcLines,
});
export type LicenseView = z.infer<typeof licenseView>;
export type LicenseNames = z.infer<typeof namesByLanguage>;

export const listLicenses = request(
  'licensing.license.list',
  ['gateway'],
  z.strictObject({ actor: actorSchema }),
  z.object({ items: z.array(licenseView) }),
);

/** The names of a license, for a text that mentions it. @throws not_found */
export const nameLicense = request(
  'licensing.license.name',
  ['notifications'],
  z.strictObject({ license: code }),
  z.object({ names: namesByLanguage }),
);

export const saveLicense = request(
  'licensing.license.save',
  ['operator'],
  z.strictObject({
    code,
    names: z.strictObject({ en: z.string().min(1).max(100), es: z.string().min(1).max(100) }),
    rank: z.int().min(0).max(1_000_000),
    features: z.array(code).max(50),
    maxDatapoints: datapoints,
    maxRtcLines: rtcLines,
  }),
  done,
);
