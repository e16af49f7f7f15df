import { constants } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createSecureServer, type IncomingHttpHeaders } from 'node:http2';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { WorkflowService } from '@temporalio/client';
import { connectionWithoutRetries, temporalServer, type TemporalServer } from '@tenure/platform/temporal';
import { eventually, makeCertificate, startTestService, testTemporal } from '@tenure/testing';
import { WorkerModule } from '../worker.module.js';
import { connectToTemporal } from './connect.js';
import { installRuntime } from './runtime.js';
import { TemporalConnection } from './temporal-connection.js';

let folder: string;
let pem: { certificate: string; key: string };
beforeAll(() => {
  installRuntime('ERROR');
  folder = mkdtempSync(path.join(tmpdir(), 'temporal-tls-'));
  const { certificate, key } = makeCertificate(folder);
  pem = { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const own = () => ({ cert: pem.certificate, key: pem.key, ca: pem.certificate, ALPNProtocols: ['h2'] });
const addressOf = (server: Server) => `localhost:${(server.address() as AddressInfo).port}`;

interface GuardedTemporal {
  address: string;
  /** Closes all connections, and accepts new ones only with this certificate. */
  acceptOnly(certificate: string): void;
  close(): void;
}

/** The test run's Temporal, behind TLS that only accepts clients with a certificate. */
async function guardedTemporal(): Promise<GuardedTemporal> {
  const [host = '', port = ''] = (await testTemporal()).address.split(':');
  const sockets = new Set<TLSSocket>();
  // A resumed session would not be checked again.
  const unresumed = { secureOptions: constants.SSL_OP_NO_TICKET };
  const guarded = { ...own(), ...unresumed, requestCert: true, rejectUnauthorized: true };
  const server = createServer(guarded, (socket) => {
    const onward = connect(Number(port), host);
    for (const [from, to] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      from.on('error', () => from.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
    sockets.add(socket);
  });
  await once(server.listen(0, 'localhost'), 'listening');
  const closeAll = () => sockets.forEach((socket) => socket.destroy());
  return {
    address: addressOf(server),
    acceptOnly(certificate) {
      server.setSecureContext({ ...own(), ...unresumed, ca: certificate });
      closeAll();
    },
    close() {
      closeAll();
      server.close();
    },
  };
}

/** Both ways in which a process connects, with an exchange that proves the connection. */
const ways: [name: string, ask: (server: TemporalServer) => Promise<unknown>][] = [
  [
    'a worker',
    async (server) => {
      const connection = await connectToTemporal(server, 0);
      return asked(connection.workflowService).finally(() => connection.close());
    },
  ],
  [
    'a client',
    (server) => {
      const connection = connectionWithoutRetries(server);
      return connection
        .withDeadline(Date.now() + 10_000, () => asked(connection.workflowService))
        .finally(() => connection.close());
    },
  ],
];
const unreached = /Temporal does not answer|UNAVAILABLE/;
/** What a worker says as it ends, or a client. */
const untrusted = /Temporal does not answer at .*: .*InvalidCertificate|UNAVAILABLE/;
const asked = async (service: WorkflowService) => (await service.getSystemInfo({})).serverVersion;

describe.each(ways)('%s reaches Temporal over TLS', (_, ask) => {
  let temporal: Awaited<ReturnType<typeof guardedTemporal>>;
  beforeAll(async () => {
    temporal = await guardedTemporal();
  });
  afterAll(() => temporal.close());

  const with_ = (more: Partial<Parameters<typeof temporalServer>[0]>) =>
    ask(temporalServer({ TEMPORAL_ADDRESS: temporal.address, ...more }));
  const both = () => ({ TEMPORAL_TLS_CERTIFICATE: pem.certificate, TEMPORAL_TLS_KEY: pem.key });

  it("with a certificate, if it trusts the server's", async () =>
    expect(await with_({ ...both(), TEMPORAL_TLS_AUTHORITY: pem.certificate })).toEqual(expect.any(String)));
  it('not without a certificate', async () =>
    await expect(with_({ TEMPORAL_TLS_AUTHORITY: pem.certificate })).rejects.toThrow(unreached));
  it("not if it trusts no authority of the server's certificate", async () =>
    await expect(with_(both())).rejects.toThrow(untrusted));
  it('not without TLS', async () => await expect(with_({})).rejects.toThrow(unreached));

  it('with an API key, which is sent with each request', async () => {
    const requests: IncomingHttpHeaders[] = [];
    const server = createSecureServer(own());
    server.on('stream', (stream, headers) => {
      requests.push(headers);
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '7' }, { endStream: true });
    });
    await once(server.listen(0, 'localhost'), 'listening');
    const given = { TEMPORAL_TLS_AUTHORITY: pem.certificate, TEMPORAL_API_KEY: 'a-key' };
    await ask(temporalServer({ TEMPORAL_ADDRESS: addressOf(server), ...given })).catch(() => undefined);
    await new Promise((ended) => server.close(ended));
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter(({ authorization }) => authorization !== 'Bearer a-key')).toEqual([]);
  });
});

describe('a worker whose certificate is no longer accepted', () => {
  it('says so, and continues with the one that took its place, without a restart', async () => {
    const [current, later] = ['current', 'later'].map((name) => {
      mkdirSync(path.join(folder, name));
      return makeCertificate(path.join(folder, name));
    }) as [typeof pem, typeof pem];
    const guarded = await guardedTemporal();
    guarded.acceptOnly(readFileSync(current.certificate, 'utf8'));
    const { namespace, taskQueue } = await testTemporal();
    const service = await startTestService({
      service: 'workflows',
      module: WorkerModule,
      environment: {
        TEMPORAL_ADDRESS: guarded.address,
        TEMPORAL_NAMESPACE: namespace,
        TEMPORAL_TASK_QUEUE: taskQueue,
        TEMPORAL_TLS_AUTHORITY: pem.certificate,
        TEMPORAL_TLS_CERTIFICATE_FILE: current.certificate,
        TEMPORAL_TLS_KEY_FILE: current.key,
      },
    });
    const reasonsAre = (reasons: unknown[]) =>
      eventually(async () => expect((await service.health.state()).reasons).toEqual(reasons));
    try {
      await reasonsAre([]);
      guarded.acceptOnly(readFileSync(later.certificate, 'utf8'));
      await reasonsAre([expect.stringMatching(/^worker: .*tls/i)]);
      renameSync(later.certificate, current.certificate);
      renameSync(later.key, current.key);
      await service.get(TemporalConnection).renewal.look();
      await reasonsAre([]);
    } finally {
      await service.close();
      guarded.close();
    }
  });
});
