/**
 * A zone in which it is daytime now, so that a spec that calculates from today does not run past midnight; hours away
 * from any clock change.
 */
export function farFromMidnight(now = new Date()): { country: string; timeZone: string } {
  const hour = now.getUTCHours();
  return hour >= 4 && hour < 18
    ? { country: 'ES', timeZone: 'Europe/Madrid' }
    : { country: 'NZ', timeZone: 'Pacific/Auckland' };
}
