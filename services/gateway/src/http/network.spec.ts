import { networkOf } from './network.js';

it.each([
  ['an address of IPv4 is one', '192.0.2.1', '192.0.2.1'],
  ['the same as IPv6 writes it is that one', '::ffff:192.0.2.1', '192.0.2.1'],
  ['an address of IPv6 is its network', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['however it is written', '2001:0DB8:1:2::6', '2001:db8:1:2::'],
  ['and on which interface', 'fe80::1%eth0', 'fe80::'],
  ['what is no address is itself', 'unknown', 'unknown'],
])('%s', (_, address, network) => expect(networkOf(address)).toBe(network));
