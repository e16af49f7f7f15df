import type { ApplicationStatus } from '@tenure/contracts';
import { laterOf } from '@tenure/lifecycle';

/** What each status can become (docs/rules.md: Application). Out of `pending` it is a race that the application's row decides. */
export const following = {
  pending: ['approved', 'rejected', 'withdrawn', 'lapsed'],
  approved: ['fulfilled', 'failed'],
  fulfilled: [],
  failed: [],
  rejected: [],
  withdrawn: [],
  lapsed: [],
} as const satisfies Record<ApplicationStatus, readonly ApplicationStatus[]>;

/** What an application can become that somebody was quick enough to end the waiting of. */
export type StatusAfterPending = (typeof following)['pending'][number];

/** Nothing follows any more. */
export function isFinal(status: ApplicationStatus): boolean {
  return following[status].length === 0;
}

/** It ended without an account, so that the name it took is free again. */
export function freesName(status: ApplicationStatus): boolean {
  return isFinal(status) && status !== 'fulfilled';
}

/**
 * An application lapses once it is due, by the later of the asker's time and the account's: a worker's clock may be behind.
 * By one ahead of ours, what is still to be decided would be closed as much too early.
 */
export function isDueToLapse(application: { lapsesAt: Date }, asOf: Date, now: Date): boolean {
  return application.lapsesAt <= laterOf(asOf, now);
}
