import type { ApplicationStatus } from '@tenure/contracts';
import { laterOf } from '@tenure/lifecycle';

/**
 * The transitions of each status (docs/rules.md: Application). Out of `pending` it is a race that the application's row
 * decides.
 */
export const following = {
  pending: ['approved', 'rejected', 'withdrawn', 'lapsed'],
  approved: ['fulfilled', 'failed'],
  fulfilled: [],
  failed: [],
  rejected: [],
  withdrawn: [],
  lapsed: [],
} as const satisfies Record<ApplicationStatus, readonly ApplicationStatus[]>;

/** The statuses that can follow `pending`. */
export type StatusAfterPending = (typeof following)['pending'][number];

/** Whether no status can follow. */
export function isFinal(status: ApplicationStatus): boolean {
  return following[status].length === 0;
}

/** Whether the application ended without an account, so that its name is free again. */
export function freesName(status: ApplicationStatus): boolean {
  return isFinal(status) && status !== 'fulfilled';
}

/**
 * An application lapses once it is due by the later of the asker's time and the account's, since a worker's clock may
 * be behind. An asker's clock that is ahead by more than clocks may differ is not trusted: it would close undecided
 * applications too early by that much.
 */
export function isDueToLapse(application: { lapsesAt: Date }, asOf: Date, now: Date): boolean {
  return application.lapsesAt <= laterOf(asOf, now);
}
