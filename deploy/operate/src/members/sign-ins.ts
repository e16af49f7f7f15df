import { setting } from '@tenure/platform/command/setting';
import { needStack, signInsOf } from '../this-machine/stack.js';

/** The identity provider whose sign-ins an operator means. */
export interface SignIns {
  /** The identity provider that identifies the members. */
  issuer: string;
  /** Lets a person sign in at this machine's identity provider; undefined for a deployment with its own. */
  letSignIn: Awaited<ReturnType<typeof signInsOf>> | undefined;
}

/** The setting that names the identity provider of a deployment elsewhere. */
export const issuerSetting = 'OIDC_ISSUER';

/** For the deployment that the environment names, with `issuerSetting`, or the stack on this machine. @throws Stop */
export async function meantSignIns(): Promise<SignIns> {
  if (process.env.NATS_URL !== undefined) return { issuer: setting(issuerSetting)!, letSignIn: undefined };
  const stack = await needStack();
  return { issuer: stack.issuer, letSignIn: await signInsOf(stack) };
}
