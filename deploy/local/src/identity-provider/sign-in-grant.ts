import { errors, type Provider } from 'oidc-provider';
import { apiAudience, apiResource } from './api-resource.js';
import { signInGrant } from './ask.js';

export function registerSignInGrant(provider: Provider, exists: (signIn: string) => boolean): void {
  provider.registerGrantType<{ sign_in?: string }>(
    signInGrant,
    async (ctx) => {
      const { client, params } = ctx.oidc;
      const accountId = params.sign_in ?? '';
      if (!exists(accountId)) throw new errors.CustomOIDCProviderError('invalid_grant', 'nobody has this sign-in');
      const grant = new provider.Grant({ clientId: client.clientId, accountId });
      grant.addResourceScope(apiAudience, apiResource.scope);
      const grantId = await grant.save();
      const resourceServer = new provider.ResourceServer(apiAudience, apiResource);
      const token = new provider.AccessToken({
        accountId,
        client,
        grantId,
        gty: signInGrant,
        resourceServer,
        scope: apiResource.scope,
      });
      ctx.body = { access_token: await token.save(), token_type: token.tokenType, expires_in: token.expiration };
    },
    'sign_in',
  );
}
