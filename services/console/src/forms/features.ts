import type { LicenseView } from '@tenure/contracts';

type Features = Pick<LicenseView, 'features'>;

/** What changing from one license to another gives and takes, in the catalog's order. */
export function featureChanges(from: Features, to: Features): { gained: string[]; lost: string[] } {
  return {
    gained: to.features.filter((feature) => !from.features.includes(feature)),
    lost: from.features.filter((feature) => !to.features.includes(feature)),
  };
}
