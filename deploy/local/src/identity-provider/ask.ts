import { Stop } from '@tenure/platform/command/stop';

/** What those need who ask the provider: they do not load what it is made of, which takes half a second. */

/** Where it is on this machine. */
export function issuerAt(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** For terminals and tests: a trusted client names who signs in. It exists in development only. */
export const signInGrant = 'urn:tenure:grant-type:sign-in';
export const terminalClient = 'tenure-terminal';

/** Asks a running provider for a person's access token. @throws Stop when nobody has this sign-in */
export async function requestToken(issuer: string, clientSecret: string, signIn: string): Promise<string> {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${terminalClient}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: signInGrant, sign_in: signIn }),
  }).catch((cause: unknown) => {
    throw new Stop(`The identity provider does not answer at ${issuer}.`, { cause });
  });
  const body = (await answer.json()) as { access_token?: string; error_description?: string };
  if (!body.access_token)
    throw new Stop(`${signIn}: ${body.error_description ?? `the identity provider answered ${answer.status}`}`);
  return body.access_token;
}
