import path from 'node:path';
import { inboxPrefix } from '@tenure/local/servers/nats-accounts';
import type { NatsAccess } from '@tenure/local/supervisor/connect-nats';
import { needStack } from '@tenure/local/supervisor/stack';
import { Stop } from '@tenure/local/supervisor/stop';

/** How a person at a terminal reaches the services as the NATS user `operator`. */
export interface OperatorAccess {
  credentials: NatsAccess;
  /** Of the members that are meant. */
  issuer: string;
  /** Of this machine's identity provider; elsewhere, people are known to another one. */
  peopleFolder: string | undefined;
}

/** The deployment that the environment names, or else what runs on this machine. @throws Stop */
export function operatorAccess(environment: NodeJS.ProcessEnv = process.env): OperatorAccess {
  const { NATS_URL, OIDC_ISSUER } = environment;
  if (NATS_URL === undefined) {
    const stack = needStack();
    const peopleFolder = path.join(stack.configuration.dataFolder, 'identity-provider');
    return { credentials: stack.natsUser('operator'), issuer: stack.issuer, peopleFolder };
  }
  if (!OIDC_ISSUER) throw new Stop('With NATS_URL, set NATS_PASSWORD (of the user operator) and OIDC_ISSUER too.');
  return { credentials: operatorCredentials(environment), issuer: OIDC_ISSUER, peopleFolder: undefined };
}

/** Of the deployment that the environment names, or else of what runs on this machine. @throws Stop */
export function operatorCredentials(environment: NodeJS.ProcessEnv = process.env): NatsAccess {
  const { NATS_URL, NATS_PASSWORD } = environment;
  if (NATS_URL === undefined) return needStack().natsUser('operator');
  if (!NATS_PASSWORD) throw new Stop('With NATS_URL, set NATS_PASSWORD (of the user operator) too.');
  return { servers: NATS_URL, user: 'operator', pass: NATS_PASSWORD, inboxPrefix: inboxPrefix('operator') };
}
