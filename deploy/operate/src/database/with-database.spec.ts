import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Stop } from '@tenure/platform/command/stop';
import { withDatabase } from './with-database.js';

it('a command does not wait for a database that hangs, and says so in one sentence', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket));
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const { port } = silent.address() as AddressInfo;
  const asked = withDatabase(`postgres://tenure@127.0.0.1:${port}/tenure`, () => Promise.resolve(), 50);
  await expect(asked).rejects.toEqual(new Stop('PostgreSQL does not answer.'));
  for (const socket of sockets) socket.destroy();
  silent.close();
});
