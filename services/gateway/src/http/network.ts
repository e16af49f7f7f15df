import ipaddr from 'ipaddr.js';

/**
 * The network that rate limits count. With IPv6 a client has a whole /64 and could otherwise use a new address for each
 * request.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return 'parts' in parsed ? new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString() : parsed.toString();
}
