import { networkOf } from './network.js';

it.each([
  ['an IPv4 address stays as it is', '192.0.2.1', '192.0.2.1'],
  ['an IPv4 address mapped to IPv6 is the IPv4 address', '::ffff:192.0.2.1', '192.0.2.1'],
  ['an IPv6 address becomes its network', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['in whatever notation', '2001:0DB8:1:2::6', '2001:db8:1:2::'],
  ['on whatever interface', 'fe80::1%eth0', 'fe80::'],
  ['a port that a proxy reports is left out', '192.0.2.1:51034', '192.0.2.1'],
  ['for IPv6 as well', '[2001:db8:1:2::6]:51034', '2001:db8:1:2::'],
  ['other text stays as it is', 'unknown', 'unknown'],
])('%s', (_, address, network) => expect(networkOf(address)).toBe(network));
