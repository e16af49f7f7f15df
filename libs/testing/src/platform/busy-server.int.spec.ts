import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { Nats } from '@tenure/platform';
import { eventually, Gate, testNats, type TestNats } from '../index.js';

let nats: TestNats;
/** A proxy between a process and the server. */
let gate: Gate;
let refused = 0;
beforeAll(async () => {
  Logger.overrideLogger(false);
  nats = await testNats();
  gate = await Gate.before(new URL(nats.url).host);
});
afterAll(async () => {
  gate?.close();
  await nats?.close();
});

const greeting = 'INFO {"server_id":"busy","version":"2.14.0","proto":1,"headers":true,"auth_required":true}\r\n';

/** Greets like a server, and ends the connection with this answer to the password. */
function greet(socket: Socket, answer = ''): void {
  socket.write(greeting);
  socket.once('data', () => socket.end(answer));
}

/** Acts like a server that is too busy to read the password in time. */
function refuse(socket: Socket): void {
  refused += 1;
  greet(socket, "-ERR 'Authentication Timeout'\r\n");
}

it('a process keeps retrying a server that is too busy for the password, at the start and later', async () => {
  gate.divert(2, refuse);
  const { NATS_USER: user, NATS_PASSWORD: password } = nats.environment('licensing');
  const process = await Nats.connect({ url: `nats://${gate.address}`, user, password });
  expect([refused, process.connected]).toEqual([2, true]);

  gate.divert(3, refuse);
  gate.shut();
  gate.open();
  await eventually(() => expect(refused).toBe(5));
  await eventually(async () => {
    await process.connection.flush();
    expect(process.connected).toBe(true);
  });
  await process.onApplicationShutdown();
});

it('a process soon tries again if a server has died between its greeting and its answer to the password', async () => {
  const { NATS_USER: user, NATS_PASSWORD: password } = nats.environment('licensing');
  const process = await Nats.connect({ url: `nats://${gate.address}`, user, password });
  gate.divert(1, greet);
  gate.shut();
  gate.open();
  await eventually(() => expect(process.connected).toBe(false));
  await eventually(() => expect(process.connected).toBe(true), { within: 10_000 });
  await process.onApplicationShutdown();
});

it('a process is connected again only once the server has processed its subscriptions', async () => {
  const { NATS_USER: user, NATS_PASSWORD: password } = nats.environment('licensing');
  const process = await Nats.connect({ url: `nats://${gate.address}`, user, password });
  process.connection.subscribe('any');
  let answer!: (text: string) => void;
  let sent = '';
  gate.divert(1, (socket) => {
    answer = (text) => socket.write(text);
    answer(greeting);
    socket.on('data', (chunk) => {
      sent += chunk.toString();
      if (sent.endsWith('PING\r\n') && !sent.includes('SUB')) answer('PONG\r\n');
    });
  });
  gate.shut();
  gate.open();
  await eventually(() => expect(sent).toContain('SUB any'));
  expect(process.connected).toBe(false);
  answer('PONG\r\n');
  await eventually(() => expect(process.connected).toBe(true));
  await process.connection.close();
});
