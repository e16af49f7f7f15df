import type { Confirmation, Report, Standing } from './delivery-history.js';

/** Until the next e-mail, after the first that came back, and after the second. */
const WAITS_MINUTES: readonly number[] = [30, 120];

/**
 * In how many minutes a delivery is tried once more, because its e-mail came back for what passes: a full mailbox, a
 * server that was away for longer than the provider waited. Null: not any more, or there is no reason to.
 */
export function retryInMinutes(known: readonly (Report | Confirmation)[], standing: Standing): number | null {
  if (standing.status !== 'bounced') return null;
  const bounces = known.filter((event): event is Report => event.kind === 'bounced');
  if (bounces.some(({ permanent }) => permanent)) return null;
  const emails = new Set(bounces.map(({ providerId }) => providerId)).size;
  return WAITS_MINUTES[emails - 1] ?? null;
}
