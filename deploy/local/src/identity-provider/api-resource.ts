import type { ResourceServer } from 'oidc-provider';

/** The `aud` of access tokens: Tenure's API, wherever it runs. */
export const apiAudience = 'https://api.tenure.example';

/** Access tokens for it are signed JWTs, which the gateway checks without asking anybody. */
export function apiResource(accessTokenSeconds: number): ResourceServer {
  return {
    scope: 'api',
    audience: apiAudience,
    accessTokenTTL: accessTokenSeconds,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'RS256' } },
  };
}
