import type { Confirmation, Report, Standing } from './delivery-history.js';

/** The wait before the next e-mail, after the first bounce and after the second. */
const WAITS_MINUTES: readonly number[] = [30, 120];

/**
 * Minutes until a delivery is retried, because its e-mail bounced for a temporary reason: a full mailbox, or a server
 * that was down for longer than the provider waited. Null if there is no reason to retry, or no retry left.
 */
export function retryInMinutes(known: readonly (Report | Confirmation)[], standing: Standing): number | null {
  if (standing.status !== 'bounced') return null;
  const bounces = known.filter((event): event is Report => event.kind === 'bounced');
  if (bounces.some(({ permanent }) => permanent)) return null;
  const emails = new Set(bounces.map(({ providerId }) => providerId)).size;
  return WAITS_MINUTES[emails - 1] ?? null;
}
