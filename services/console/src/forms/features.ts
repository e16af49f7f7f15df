import type { LicenseView } from '@tenure/contracts';

type Features = Pick<LicenseView, 'features'>;

/** The features gained and lost by a change of license, in the catalog's order. */
export function featureChanges(from: Features, to: Features): { gained: string[]; lost: string[] } {
  return {
    gained: to.features.filter((feature) => !from.features.includes(feature)),
    lost: from.features.filter((feature) => !to.features.includes(feature)),
  };
}
