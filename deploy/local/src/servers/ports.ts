import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import net from 'node:net';

/** Below the range from which systems take the ports of outgoing connections, so that none of those can come between. */
const FROM = 20_000;
const TO = 32_000;

/** A port where nothing listens. No other process is told it while this one lives: a server takes a while until it listens. */
export async function freePort(from = FROM, to = TO): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(from, to);
    if ((await isFree(port)) && (await reserve(port))) return port;
  }
  throw new Error(`No free port was found between ${from} and ${to}.`);
}

/** By the UDP port of the same number, which nothing of ours uses: the system gives it to one process, and takes it back at its end. */
function reserve(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4').unref();
    socket.once('error', () => (socket.close(), resolve(false)));
    socket.bind(port, '127.0.0.1', () => resolve(true));
  });
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

export function accepts(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host });
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => (socket.destroy(), resolve(false)));
  });
}
