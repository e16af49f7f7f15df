import ipaddr from 'ipaddr.js';

/** Some proxies also report the client's port, which is another for each connection. */
const withPort = /^(?:([\d.]+)|\[(.+)\]):\d+$/;

/**
 * The network that rate limits count. With IPv6 a client has a whole /64 and could otherwise use a new address for each
 * request.
 */
export function networkOf(reported: string): string {
  const [, ipv4, ipv6] = withPort.exec(reported) ?? [];
  const address = ipv4 ?? ipv6 ?? reported;
  if (!ipaddr.isValid(address)) return reported;
  const parsed = ipaddr.process(address);
  return 'parts' in parsed ? new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString() : parsed.toString();
}
