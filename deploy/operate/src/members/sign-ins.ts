import { Stop } from '@tenure/platform/command/stop';
import { needStack, signInsOf } from '../this-machine/stack.js';

/** Whose sign-ins an operator means. */
export interface SignIns {
  /** The identity provider by which the members are known. */
  issuer: string;
  /** Lets a person sign in, at this machine's identity provider; elsewhere, people are known to another one. */
  letSignIn: Awaited<ReturnType<typeof signInsOf>> | undefined;
}

/** Of the deployment that the environment names, or else of what runs on this machine. @throws Stop */
export async function meantSignIns(): Promise<SignIns> {
  const { NATS_URL, OIDC_ISSUER } = process.env;
  if (NATS_URL === undefined) {
    const stack = await needStack();
    return { issuer: stack.issuer, letSignIn: await signInsOf(stack) };
  }
  if (!OIDC_ISSUER) throw new Stop('With NATS_URL, set OIDC_ISSUER too.');
  return { issuer: OIDC_ISSUER, letSignIn: undefined };
}
