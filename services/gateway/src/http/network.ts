import ipaddr from 'ipaddr.js';

/**
 * Whose an address is, as far as it shows: of IPv6, whoever has one address has all of its network (/64), and would
 * otherwise be somebody else with each request.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return 'parts' in parsed ? new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString() : parsed.toString();
}
