import { once } from 'node:events';
import { connect, createServer, type Http2Server, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { eventually, startTestService, testNats, testTemporal, type TestNats, type TestService } from '@tenure/testing';
import { WorkerModule } from '../worker.module.js';
import { installRuntime } from './runtime.js';

/** The test run's Temporal, which can lose its database: then it still answers what it is, and nothing else. */
class WithoutDatabase {
  isLost = false;
  readonly #server: Http2Server = createServer();

  private constructor(target: string) {
    const temporal = connect(`http://${target}`);
    this.#server.on('close', () => temporal.destroy());
    this.#server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
      stream.on('error', () => undefined);
      if (this.isLost && !headers[':path']?.endsWith('/GetSystemInfo')) {
        const unavailable = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '14' };
        return stream.respond(unavailable, { endStream: true });
      }
      const onward = temporal.request(headers);
      onward.on('error', () => stream.destroy());
      stream.on('close', () => onward.destroy());
      onward.on('response', (answered) => stream.respond(answered, { waitForTrailers: true }));
      onward.on('trailers', (trailers) => stream.on('wantTrailers', () => stream.sendTrailers(trailers)));
      stream.pipe(onward).pipe(stream);
      return undefined;
    });
  }

  static async before(target: string): Promise<WithoutDatabase> {
    const proxy = new WithoutDatabase(target);
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
  }
}

describe('a worker whose Temporal has lost its database', () => {
  let nats: TestNats;
  let proxy: WithoutDatabase;
  let service: TestService;
  beforeAll(async () => {
    installRuntime('ERROR');
    const temporal = await testTemporal();
    nats = await testNats();
    proxy = await WithoutDatabase.before(temporal.address);
    service = await startTestService({
      service: 'workflows',
      module: WorkerModule,
      nats,
      environment: {
        TEMPORAL_ADDRESS: proxy.address,
        TEMPORAL_NAMESPACE: temporal.namespace,
        TEMPORAL_TASK_QUEUE: temporal.taskQueue,
      },
    });
  });
  afterAll(async () => {
    await service?.close();
    proxy?.close();
    await nats?.close();
  });

  const reasonsAre = (reasons: unknown[]) =>
    eventually(async () => expect((await service.health.state()).reasons).toEqual(reasons));

  it('is not ready, although Temporal still answers, and is ready again once the database is back', async () => {
    await reasonsAre([]);
    proxy.isLost = true;
    await reasonsAre([expect.stringMatching(/^worker: /)]);
    proxy.isLost = false;
    await reasonsAre([]);
  });
});
