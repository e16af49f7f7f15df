/** Where it is day now, so that a spec that reckons from today does not meet its end; hours from any change of clocks. */
export function farFromMidnight(now = new Date()): { country: string; timeZone: string } {
  const hour = now.getUTCHours();
  return hour >= 4 && hour < 18
    ? { country: 'ES', timeZone: 'Europe/Madrid' }
    : { country: 'NZ', timeZone: 'Pacific/Auckland' };
}
