import type { ApplicationType } from '@tenure/contracts';

export type { ApplicationType };

/** In the order in which they are offered. */
export const applicationTypes = [
  'new_account',
  'change_datapoints',
  'change_license',
  'renew_subscription',
] as const satisfies readonly ApplicationType[];
