import { Stop } from '@tenure/platform/command/stop';
import { needStack, signInsOf } from '../this-machine/stack.js';

/** The identity provider whose sign-ins an operator means. */
export interface SignIns {
  /** The identity provider that identifies the members. */
  issuer: string;
  /** Lets a person sign in at this machine's identity provider; undefined for a deployment with its own. */
  letSignIn: Awaited<ReturnType<typeof signInsOf>> | undefined;
}

/** For the deployment that the environment names, or the stack on this machine. @throws Stop */
export async function meantSignIns(): Promise<SignIns> {
  const { NATS_URL, OIDC_ISSUER } = process.env;
  if (NATS_URL === undefined) {
    const stack = await needStack();
    return { issuer: stack.issuer, letSignIn: await signInsOf(stack) };
  }
  if (!OIDC_ISSUER) throw new Stop('With NATS_URL, set OIDC_ISSUER too.');
  return { issuer: OIDC_ISSUER, letSignIn: undefined };
}
