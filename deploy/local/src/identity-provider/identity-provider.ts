import { randomBytes } from 'node:crypto';
import express, { type NextFunction, type Request, type Response } from 'express';
import { errors, Provider, type Configuration } from 'oidc-provider';
import { serve } from '../servers/http-server.js';
import { freePort } from '../servers/ports.js';
import { accessTokenSeconds, apiAudience, apiResource } from './api-resource.js';
import { issuerAt, requestToken, signInGrant, terminalClient } from './ask.js';
import { memoryAdapter } from './memory-adapter.js';
import { errorPage, signInPage, signOutPage } from './pages.js';
import type { Person } from './person.js';
import { registerSignInGrant } from './sign-in-grant.js';
import { signingKey } from './signing-key.js';

export interface IdentityProviderOptions {
  /** Who can sign in; read each time, so that people can be added while it runs. */
  people: () => readonly Person[];
  /** Default: a free one. */
  port?: number;
  /** Default: reachable from this machine only. */
  host?: string;
  /** Default: `http://127.0.0.1:<port>`. */
  issuer?: string;
  /** Where the signing key is stored; by default a new key is generated. */
  dataFolder?: string;
  /** Where the console's sign-in may return to, such as `http://localhost:7300/auth/callback`. */
  redirectUris?: string[];
  /** The clients' secrets; random by default. */
  secrets?: { console: string; terminal: string };
}

export interface IdentityProvider {
  port: number;
  issuer: string;
  /** The `aud` of the access tokens. */
  audience: string;
  /** An access token of a person, as `npm run token` prints it. */
  token(signIn: string): Promise<string>;
  stop(): Promise<void>;
}

/** A real OpenID provider for development: its people are samples, and they sign in with a click. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const port = options.port ?? (await freePort());
  const issuer = options.issuer ?? issuerAt(port);
  const secrets = options.secrets ?? { console: randomSecret(), terminal: randomSecret() };
  const find = (signIn: string) => options.people().find((person) => person.signIn === signIn);
  const provider = new Provider(issuer, await configuration(options, secrets, find));
  registerSignInGrant(provider, (signIn) => find(signIn) !== undefined);

  const app = express();
  app.disable('x-powered-by');
  app.get('/ready', (_request, response) => void response.json({ ready: true }));
  // Express 5 forwards rejected promises itself.
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers
  app.get('/sign-in/:uid', async (request, response) => {
    await provider.interactionDetails(request, response);
    response.type('html').set('cache-control', 'no-store').send(signInPage(options.people(), request.path));
  });
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers
  app.post('/sign-in/:uid', express.urlencoded({ extended: false }), async (request, response) => {
    const person = find(String((request.body as { sign_in?: string }).sign_in));
    if (!person) return void response.status(404).type('text').send('Nobody has this sign-in.');
    await provider.interactionFinished(request, response, { login: { accountId: person.signIn } });
  });
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const [callback] = options.redirectUris ?? [];
    // An earlier click used up the sign-in, or it began before a restart: return to Tenure, which starts another.
    if (error instanceof errors.SessionNotFound && callback) response.redirect(303, new URL('/', callback).href);
    else next(error);
  });
  app.use(provider.callback());

  return {
    ...(await serve(app, { port, host: options.host })),
    issuer,
    audience: apiAudience,
    token: (signIn) => requestToken(issuer, secrets.terminal, signIn),
  };
}

function randomSecret(): string {
  return randomBytes(24).toString('base64url');
}

async function configuration(
  options: IdentityProviderOptions,
  secrets: { console: string; terminal: string },
  find: (signIn: string) => Person | undefined,
): Promise<Configuration> {
  const { redirectUris = [] } = options;
  const key = await signingKey(options.dataFolder);
  return {
    adapter: memoryAdapter(),
    jwks: { keys: [key] },
    cookies: { keys: [key.d!] },
    clients: [
      {
        client_id: 'tenure-console',
        client_name: 'Tenure',
        client_secret: secrets.console,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: redirectUris,
        post_logout_redirect_uris: redirectUris.map((uri) => new URL('/', uri).href),
      },
      {
        client_id: terminalClient,
        client_secret: secrets.terminal,
        grant_types: [signInGrant],
        response_types: [],
        redirect_uris: [],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'locale'], email: ['email'] },
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    pkce: { required: () => true },
    findAccount: (_ctx, sub) => {
      const person = find(sub);
      return (
        person && { accountId: sub, claims: () => ({ sub, name: person.name, email: sub, locale: person.language }) }
      );
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => void (ctx.body = signOutPage(form)),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => apiAudience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => apiResource,
      },
    },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    renderError: (ctx, { error, error_description }) => {
      ctx.type = 'html';
      ctx.body = errorPage(error, error_description);
    },
    // Tenure's own console needs no consent.
    loadExistingGrant: async (ctx) => {
      const { client, session, provider } = ctx.oidc;
      // One grant for all tabs: a pending code of another tab belongs to it.
      const grantId = session!.grantIdFor(client!.clientId);
      const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
      if (known) return known;
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope('openid offline_access profile email');
      grant.addResourceScope(apiAudience, apiResource.scope);
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: accessTokenSeconds, Session: 24 * 3600, Grant: 24 * 3600, Interaction: 3600, IdToken: 3600 },
  };
}
