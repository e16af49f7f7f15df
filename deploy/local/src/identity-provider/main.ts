import { setting } from '@tenure/platform/command/setting';
import { readPeople } from '../people.js';
import { startIdentityProvider } from './identity-provider.js';

const { HOST, PORT, OIDC_ISSUER, DATA_FOLDER, REDIRECT_URIS } = process.env as Record<string, string>;
const provider = await startIdentityProvider({
  people: () => readPeople(DATA_FOLDER!),
  port: Number(PORT),
  ...(HOST && { host: HOST }),
  ...(OIDC_ISSUER && { issuer: OIDC_ISSUER }),
  dataFolder: DATA_FOLDER!,
  redirectUris: REDIRECT_URIS!.split(' '),
  secrets: { console: setting('CONSOLE_SECRET')!, terminal: setting('TERMINAL_SECRET')! },
});
console.log(`The identity provider is at ${provider.issuer}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void provider.stop());
