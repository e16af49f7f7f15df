import { startTestService, testNats, type TestNats, type TestService } from '@tenure/testing';
import { call, type Reply, type Sending } from './call.js';
import { makeEventStream } from './event-stream.js';
import { gatewayFor } from './gateway.js';
import { startIssuer, type Issuer } from './issuer.js';
import { StandIns } from './stand-ins.js';

/** The gateway and its surroundings, for one spec file. */
export interface GatewayStage {
  nats: TestNats;
  issuer: Issuer;
  /** Stand-ins for accounts, licensing and notifications. */
  services: StandIns;
  gateway: TestService;
  /** Where the gateway listens. */
  url: string;
  /** Calls the API as one of the sample people, named by role; a SuperAdmin if left out. */
  ask(address: string, sending?: Omit<Sending, 'token'> & { person?: string }): Promise<Reply>;
  /** Starts another gateway on the same servers; the caller has to close it. */
  start(environment?: Record<string, string>): Promise<TestService>;
  close(): Promise<void>;
}

export async function setStage(options: Omit<Parameters<typeof gatewayFor>[0], 'issuer'> = {}): Promise<GatewayStage> {
  const [nats, issuer] = await Promise.all([testNats(), startIssuer()]);
  const closeServers = async () => {
    await issuer.stop();
    await nats.close();
  };
  try {
    const services = await StandIns.start(nats);
    await makeEventStream(nats);
    const start = (environment: Record<string, string> = {}) =>
      startTestService({
        nats,
        ...gatewayFor({
          issuer: issuer.issuer,
          ...options,
          environment: { ...options.environment, ...environment },
        }),
      });
    const gateway = await start();
    const close = async () => {
      await gateway.close();
      await closeServers();
    };
    const url = gateway.url!;
    const ask: GatewayStage['ask'] = async (address, { person = 'super_admin', ...sending } = {}) =>
      call(url, address, { ...sending, token: await issuer.token(person) });
    return { nats, issuer, services, gateway, url, ask, start, close };
  } catch (error) {
    await closeServers();
    throw error;
  }
}
