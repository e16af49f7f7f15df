import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTemporal } from '@tenure/platform/temporal';
import { makeCertificate } from '@tenure/testing';
import { Temporal } from './temporal.js';

let folder: string;
let keyFile: string;
let server: Http2SecureServer;
let temporal: Temporal;
/** The key of each request. */
const came: unknown[] = [];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'temporal-key-'));
  keyFile = path.join(folder, 'api-key');
  writeFileSync(keyFile, 'first');
  const { certificate, key } = makeCertificate(folder);
  server = createSecureServer({ cert: readFileSync(certificate), key: readFileSync(key) });
  server.on('stream', (stream, { authorization }) => {
    came.push(authorization);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '7' }, { endStream: true });
  });
  await once(server.listen(0, 'localhost'), 'listening');
  const environment = {
    TEMPORAL_ADDRESS: `localhost:${(server.address() as AddressInfo).port}`,
    TEMPORAL_TLS_AUTHORITY_FILE: certificate,
    TEMPORAL_API_KEY_FILE: keyFile,
  };
  temporal = new Temporal({ server: () => readTemporal(environment).server, namespace: 'any', taskQueue: 'any' });
});
afterAll(async () => {
  await temporal?.onApplicationShutdown();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The key of the next request. */
async function nextKey(): Promise<unknown> {
  await temporal.client.workflow
    .getHandle('none')
    .describe()
    .catch(() => undefined);
  return came.splice(0).at(-1);
}

describe('how the gateway authenticates at Temporal', () => {
  it('is read again, so that a key that took the place of another needs no restart', async () => {
    expect(await nextKey()).toBe('Bearer first');
    writeFileSync(keyFile, 'second');
    await temporal.renewal.look();
    expect(await nextKey()).toBe('Bearer second');
  });

  it('stays as it is while it cannot be read', async () => {
    rmSync(keyFile);
    await temporal.renewal.look();
    expect(await nextKey()).toBe('Bearer second');
  });
});
