import type { Tour } from '../tour.js';
import { aFormRefused } from './a-form-refused.js';
import { aYearPasses } from './a-year-passes.js';
import { bothApproved } from './both-approved.js';
import { datapointsAndLicense } from './datapoints-and-license.js';
import { expiredAndRenewedOnA31st } from './expired-and-renewed-on-a-31st.js';
import { rejectedAndWithdrawn } from './rejected-and-withdrawn.js';
import { renewedBeforeTheExpiry } from './renewed-before-the-expiry.js';
import { theWorkerIsKilled } from './the-worker-is-killed.js';
import { twoAccountsAppliedFor } from './two-accounts-applied-for.js';
import { whoMayDecide } from './who-may-decide.js';

/** In order: later chapters need the accounts that earlier ones opened. */
export const chapters: readonly ((tour: Tour) => Promise<void>)[] = [
  aFormRefused,
  twoAccountsAppliedFor,
  bothApproved,
  datapointsAndLicense,
  aYearPasses,
  renewedBeforeTheExpiry,
  expiredAndRenewedOnA31st,
  rejectedAndWithdrawn,
  whoMayDecide,
  theWorkerIsKilled,
];
