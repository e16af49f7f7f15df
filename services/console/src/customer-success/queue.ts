import type { ApplicationType } from '@tenure/contracts';
import { applicationsQuery } from '../api/queries.js';

/** So many of the oldest are in the queue; those behind them come up when these are decided. */
export const queueLength = 200;

/** All that waits for a decision, oldest first. */
export function queueQuery({ type, organization }: { type?: ApplicationType; organization?: string }) {
  return applicationsQuery({ status: 'pending', type, organizationId: organization, limit: queueLength });
}
