import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secrets } from '@tenure/local/secrets';
import { startPostgres } from '@tenure/local/servers/postgres';
import { loginRoles, type RolePasswords } from '@tenure/local/servers/roles';
import { startTemporal } from '@tenure/local/servers/temporal';
import { temporalNamespace } from '@tenure/local/servers/temporal-options';

/** The addresses of the shared servers. */
export interface SharedServers {
  /** One PostgreSQL, with roles that all databases share. */
  postgres: { url: string; passwords: RolePasswords };
  temporal: { address: string; namespace: string };
}

interface Started<T> {
  where: T;
  stop(): Promise<void>;
}

const start: { [K in keyof SharedServers]: () => Promise<Started<SharedServers[K]>> } = {
  async postgres() {
    const server = await startPostgres({ durable: false, maxConnections: 500 });
    const passwords = new Secrets().all('postgres', loginRoles);
    return { where: { url: server.url, passwords }, stop: server.stop };
  },
  async temporal() {
    const server = await startTemporal();
    return { where: { address: server.address, namespace: temporalNamespace }, stop: server.stop };
  },
};

/** The servers of a run. */
export interface OfferedServers {
  address: string;
  stop(): Promise<void>;
}

/** An HTTP server in Jest's own process that starts each server once, at the first request of a spec. */
export async function offerServers(): Promise<OfferedServers> {
  const started = new Map<string, Promise<Started<unknown>>>();
  const door = createServer((request, response) => {
    const name = request.url!.slice(1) as keyof SharedServers;
    // A kept-alive connection might be closed just when a spec file reuses it.
    response.setHeader('connection', 'close');
    const starting = started.get(name) ?? start[name]();
    started.set(name, starting);
    starting.then(
      ({ where }) => response.end(JSON.stringify(where)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    async stop() {
      const all = await Promise.allSettled(started.values());
      await Promise.all(all.map((result) => (result.status === 'fulfilled' ? result.value.stop() : undefined)));
      door.close();
      door.closeAllConnections();
    },
  };
}

/** For specs: the address of the server, which is started if necessary. */
export async function shared<K extends keyof SharedServers>(name: K): Promise<SharedServers[K]> {
  const door = process.env['TENURE_TEST_SERVERS'];
  if (door === undefined) throw new Error('Jest must run with the globalSetup of @tenure/testing.');
  const answer = await fetch(`${door}/${name}`);
  if (!answer.ok) throw new Error(`${name} cannot start: ${await answer.text()}`);
  return (await answer.json()) as SharedServers[K];
}
