import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secrets } from '@tenure/local/secrets';
import { findNatsCommandLine } from '@tenure/local/servers/nats-command-line';
import { startPostgres } from '@tenure/local/servers/postgres';
import { loginRoles, type RolePasswords } from '@tenure/local/servers/roles';
import { startTemporal } from '@tenure/local/servers/temporal';
import { temporalNamespace } from '@tenure/local/servers/temporal-options';

/** The addresses of the shared servers. */
export interface SharedServers {
  /** One PostgreSQL, with roles that all databases share. */
  postgres: { url: string; passwords: RolePasswords };
  temporal: { address: string; namespace: string };
  /** Not a server, but also built once for the run: the path of NATS's own command line. */
  natsCommandLine: string;
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
  async natsCommandLine() {
    const progress = (sentence: string) => process.stderr.write(`${sentence}\n`);
    return { where: await findNatsCommandLine({ progress }), stop: async () => undefined };
  },
};

const patience = 60_000;

/** The servers of a run. */
export interface OfferedServers {
  address: string;
  /** Starts a server before anybody requests it. */
  begin(name: keyof SharedServers): void;
  stop(): Promise<void>;
}

/** An HTTP server in Jest's own process that starts each server once, at the first request of a spec. */
export async function offerServers(): Promise<OfferedServers> {
  const started = new Map<string, Promise<Started<unknown>>>();
  const begin = (name: keyof SharedServers) => {
    if (started.has(name)) return;
    const starting = start[name]();
    starting.catch(() => undefined); // Reported to whoever requests it.
    started.set(name, starting);
  };
  const door = createServer((request, response) => {
    const name = request.url!.slice(1) as keyof SharedServers;
    // A kept-alive connection might be closed just when a spec file reuses it.
    response.setHeader('connection', 'close');
    begin(name);
    // Some take longer than `fetch` waits for an answer, so the spec requests them again.
    const notYet = setTimeout(() => response.writeHead(202).end(), patience);
    started
      .get(name)!
      .then(
        ({ where }) => response.headersSent || response.end(JSON.stringify(where)),
        (error: unknown) => response.headersSent || response.writeHead(500).end(String(error)),
      )
      .finally(() => clearTimeout(notYet));
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    begin,
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
  let answer = await fetch(`${door}/${name}`);
  while (answer.status === 202) answer = await fetch(`${door}/${name}`);
  if (!answer.ok) throw new Error(`${name} cannot start: ${await answer.text()}`);
  return (await answer.json()) as SharedServers[K];
}
