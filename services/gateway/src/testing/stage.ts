import { startTestService, testNats, type TestNats, type TestService } from '@tenure/testing';
import { gatewayFor } from './gateway.js';
import { startIssuer, type Issuer } from './issuer.js';
import { StandIns } from './stand-ins.js';

/** The gateway and what is around it, for one spec file. */
export interface GatewayStage {
  nats: TestNats;
  issuer: Issuer;
  /** In place of accounts, licensing and notifications. */
  services: StandIns;
  gateway: TestService;
  /** Where the gateway listens. */
  url: string;
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
    const gateway = await startTestService({ nats, ...gatewayFor({ issuer: issuer.issuer, ...options }) });
    const close = async () => {
      await gateway.close();
      await closeServers();
    };
    return { nats, issuer, services, gateway, url: gateway.url!, close };
  } catch (error) {
    await closeServers();
    throw error;
  }
}
