import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { listeningInodes, portOwner } from './port-owner.js';

it('names the process that listens on a port, and its command', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(portOwner(port)).toMatch(new RegExp(`^process ${process.pid} \\(.*node.*\\)$`));
  server.close();
});

it('finds the listening process, not connected ones', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1C84 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1
   1: 0100007F:9C40 0100007F:1C84 01 00000000:00000000 00:00000000 00000000     0        0 4712 1
   2: 0100007F:1C84 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 4713 1`;
  expect(listeningInodes(table, 7300)).toEqual(['4711']);
});
