import type { AskOf, saveLicense } from '@tenure/contracts';

/** For specs on an installation whose catalog needs some license. */
export const standardLicense: AskOf<typeof saveLicense> = {
  code: 'standard',
  names: { en: 'Standard', es: 'Estándar' },
  rank: 1,
  features: [],
  maxDatapoints: 1_000,
  maxRtcLines: 0,
};
