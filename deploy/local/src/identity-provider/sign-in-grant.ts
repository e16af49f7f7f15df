import { errors, type Provider, type ResourceServer } from 'oidc-provider';
import { apiAudience } from './api-resource.js';

/** For terminals and tests: a trusted client names who signs in. It exists in development only. */
export const signInGrant = 'urn:tenure:grant-type:sign-in';
export const terminalClient = 'tenure-terminal';

export function registerSignInGrant(
  provider: Provider,
  api: ResourceServer,
  exists: (signIn: string) => boolean,
): void {
  provider.registerGrantType<{ sign_in?: string }>(
    signInGrant,
    async (ctx) => {
      const { client, params } = ctx.oidc;
      const accountId = params.sign_in ?? '';
      if (!exists(accountId)) throw new errors.CustomOIDCProviderError('invalid_grant', 'nobody has this sign-in');
      const grant = new provider.Grant({ clientId: client.clientId, accountId });
      grant.addResourceScope(apiAudience, api.scope);
      const grantId = await grant.save();
      const resourceServer = new provider.ResourceServer(apiAudience, api);
      const token = new provider.AccessToken({
        accountId,
        client,
        grantId,
        gty: signInGrant,
        resourceServer,
        scope: api.scope,
      });
      ctx.body = { access_token: await token.save(), token_type: token.tokenType, expires_in: token.expiration };
    },
    'sign_in',
  );
}

/** Asks a running provider for a person's access token. @throws when nobody has this sign-in */
export async function requestToken(issuer: string, clientSecret: string, signIn: string): Promise<string> {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${terminalClient}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: signInGrant, sign_in: signIn }),
  }).catch((cause: unknown) => {
    throw new Error(`The identity provider does not answer at ${issuer}.`, { cause });
  });
  const body = (await answer.json()) as { access_token?: string; error_description?: string };
  if (!body.access_token)
    throw new Error(`${signIn}: ${body.error_description ?? `the identity provider answered ${answer.status}`}`);
  return body.access_token;
}
