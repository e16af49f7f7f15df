import type { ResourceServer } from 'oidc-provider';

/** The `aud` of access tokens: Tenure's API, wherever it runs. */
export const apiAudience = 'https://api.tenure.example';

/** How long an access token is valid. */
export const accessTokenSeconds = 3600;

/** Access tokens for the API are signed JWTs, which the gateway verifies without a request. */
export const apiResource: ResourceServer = {
  scope: 'api',
  audience: apiAudience,
  accessTokenTTL: accessTokenSeconds,
  accessTokenFormat: 'jwt',
  jwt: { sign: { alg: 'RS256' } },
};
