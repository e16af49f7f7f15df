import { Stop } from '@tenure/platform/command/stop';

/** What clients of the provider need. They do not load the provider itself, which takes half a second. */

/** The issuer on this machine. */
export function issuerAt(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** A grant for terminals and tests, in which a trusted client names the person who signs in. Development only. */
export const signInGrant = 'urn:tenure:grant-type:sign-in';
export const terminalClient = 'tenure-terminal';

/** Requests a person's access token from a running provider. @throws Stop if nobody has this sign-in */
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
