import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Serves requests with `answer`, on a free port if the port is 0, and to this machine only by default. Idle connections
 * stay open until the client closes them: on a busy machine, one that ends after seconds may end as a request arrives.
 */
export async function serve(
  answer: RequestListener,
  { port, host = '127.0.0.1' }: { port: number; host?: string | undefined },
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer({ keepAliveTimeout: 0 }, answer).listen(port, host);
  await new Promise<void>((resolve, reject) => void server.once('listening', resolve).once('error', reject));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
