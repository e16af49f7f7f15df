import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Resend } from 'resend';

/** Uses the SDK against a server that gives each request the same answer, whoever it may be from. */
export async function resendAnswering<T>(
  { status = 200, body }: { status?: number; body: string },
  use: (resend: Resend) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    response.statusCode = status;
    request.resume().on('end', () => response.end(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    return await use(new Resend('re_test', { baseUrl: `http://127.0.0.1:${port}` }));
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}
