import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import net from 'node:net';

/** Below the range that systems use for outgoing connections, so that none of those can take a port. */
const FROM = 20_000;
const TO = 32_000;

/** A free port. It is reserved while this process lives, since a server takes a while until it listens. */
export async function freePort(from = FROM, to = TO): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(from, to);
    if ((await isFree(port)) && (await reserve(port))) return port;
  }
  throw new Error(`No free port was found between ${from} and ${to}.`);
}

/**
 * Reserves the UDP port of the same number, which we do not use otherwise: the system gives it to one process, and
 * frees it when the process ends.
 */
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
