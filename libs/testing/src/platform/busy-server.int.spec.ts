import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { Nats } from '@tenure/platform';
import { eventually, testNats, type TestNats } from '../index.js';

let nats: TestNats;
/** Between a process and the server. */
let between: Server;
const through = new Set<Socket>();
/** So many of the next connections are refused, as by a server that is too busy to hear the password in time. */
let refused: number;
beforeAll(async () => {
  Logger.overrideLogger(false);
  nats = await testNats();
  const { port } = new URL(nats.url);
  between = createServer((socket) => {
    socket.on('error', () => undefined);
    if (refused > 0) {
      refused -= 1;
      socket.write('INFO {"server_id":"busy","version":"2.14.0","proto":1,"headers":true,"auth_required":true}\r\n');
      socket.once('data', () => socket.end("-ERR 'Authentication Timeout'\r\n"));
      return;
    }
    const server = connect(Number(port), '127.0.0.1');
    server.on('error', () => undefined);
    socket.pipe(server).pipe(socket);
    through.add(socket);
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  between.close();
  await nats.close();
});

it('a server that is too busy for a password is asked again: at the start, and however often after that', async () => {
  refused = 2;
  const { NATS_USER: user, NATS_PASSWORD: password } = nats.environment('licensing');
  const { port } = between.address() as AddressInfo;
  const process = await Nats.connect({ url: `nats://127.0.0.1:${port}`, user, password });
  expect([refused, process.connected]).toEqual([0, true]);

  refused = 3;
  for (const socket of through) socket.destroy();
  await eventually(() => expect(refused).toBe(0));
  await eventually(async () => {
    await process.connection.flush();
    expect(process.connected).toBe(true);
  });
  await process.onApplicationShutdown();
}, 30_000);
