import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { devServer } from './dev-server.js';
import { freePort } from './servers/ports.js';
import { startServerProcess, type ServerProcess } from './servers/server-process.js';

/** The console with hot reload, in front of a gateway that only echoes requests. */
describe('the development server', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dev-'));
  const asked: Pick<IncomingMessage, 'url' | 'headers'>[] = [];
  const gateway = createServer((request, response) => {
    asked.push(request);
    response.setHeader('content-type', 'application/json').end('{"answered":true}');
  });
  const publicUrl = 'http://localhost:7300';
  let address: string;
  let vite: ServerProcess;

  beforeAll(async () => {
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    const port = await freePort();
    address = `http://localhost:${port}`;
    const behind = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
    vite = await startServerProcess({
      ...devServer({ port, gateway: behind, publicUrl }),
      name: 'vite',
      command: process.execPath,
      log: path.join(folder, 'vite.log'),
      ready: () =>
        fetch(address).then(
          ({ ok }) => ok,
          () => false,
        ),
    });
  });
  afterAll(async () => {
    await vite?.stop();
    gateway.close();
    rmSync(folder, { recursive: true });
  });

  it('serves the console from its sources, ready to be replaced as they change', async () => {
    const page = await (await fetch(`${address}/account-management/active`)).text();
    const source = await (await fetch(`${address}/src/app/shell.tsx`)).text();
    expect([
      page.includes('/@vite/client'),
      page.includes('/src/main.tsx'),
      source.includes('import.meta.hot'),
    ]).toEqual([true, true, true]);
  });

  it.each(['/api/accounts?zone=active', '/auth/session'])(
    'forwards %s to the gateway, as from its own page',
    async (url) => {
      asked.length = 0;
      const answer = await fetch(address + url, { headers: { origin: address } });
      expect(await answer.json()).toEqual({ answered: true });
      expect(asked.map(({ url, headers }) => [url, headers.origin])).toEqual([[url, publicUrl]]);
    },
  );
});
