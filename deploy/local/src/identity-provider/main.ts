import { readPeople } from '../people.js';
import { startIdentityProvider } from './identity-provider.js';

const { PORT, DATA_FOLDER, REDIRECT_URIS, CONSOLE_SECRET, TERMINAL_SECRET } = process.env as Record<string, string>;
const provider = await startIdentityProvider({
  people: () => readPeople(DATA_FOLDER!),
  port: Number(PORT),
  dataFolder: DATA_FOLDER!,
  redirectUris: REDIRECT_URIS!.split(' '),
  secrets: { console: CONSOLE_SECRET!, terminal: TERMINAL_SECRET! },
});
console.log(`The identity provider is at ${provider.issuer}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void provider.stop());
