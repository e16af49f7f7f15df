import { inboxPrefix } from '@tenure/contracts';
import type { NatsAccess } from '@tenure/platform/command/connect-nats';
import { Stop } from '@tenure/platform/command/stop';
import { needStack, signInsOf } from '../this-machine/stack.js';

/** How a person at a terminal reaches the services as the NATS user `operator`. */
export interface OperatorAccess {
  credentials: NatsAccess;
  /** Of the members that are meant. */
  issuer: string;
  /** Lets a person sign in, at this machine's identity provider; elsewhere, people are known to another one. */
  letSignIn: Awaited<ReturnType<typeof signInsOf>> | undefined;
}

/** The deployment that the environment names, or else what runs on this machine. @throws Stop */
export async function operatorAccess(environment: NodeJS.ProcessEnv = process.env): Promise<OperatorAccess> {
  const { NATS_URL, OIDC_ISSUER } = environment;
  if (NATS_URL === undefined) {
    const stack = await needStack();
    return { credentials: stack.natsUser('operator'), issuer: stack.issuer, letSignIn: await signInsOf(stack) };
  }
  if (!OIDC_ISSUER) throw new Stop('With NATS_URL, set NATS_PASSWORD (of the user operator) and OIDC_ISSUER too.');
  return { credentials: await operatorCredentials(environment), issuer: OIDC_ISSUER, letSignIn: undefined };
}

/** Of the deployment that the environment names, or else of what runs on this machine. @throws Stop */
export async function operatorCredentials(environment: NodeJS.ProcessEnv = process.env): Promise<NatsAccess> {
  const { NATS_URL, NATS_PASSWORD } = environment;
  if (NATS_URL === undefined) return (await needStack()).natsUser('operator');
  if (!NATS_PASSWORD) throw new Stop('With NATS_URL, set NATS_PASSWORD (of the user operator) too.');
  return { servers: NATS_URL, user: 'operator', pass: NATS_PASSWORD, inboxPrefix: inboxPrefix('operator') };
}
