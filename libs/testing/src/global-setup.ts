import { registerHooks } from 'node:module';
import type { OfferedServers } from './servers.js';

/** Once per `npm test`: offers the servers that specs share. Each is started when the first spec asks for it. */
export default async function globalSetup({ nonFlagArgs }: { nonFlagArgs: string[] }): Promise<void> {
  loadTypeScript();
  const { offerServers } = await import('./servers.js');
  const servers = await offerServers();
  globalThis.tenureServers = servers;
  process.env['TENURE_TEST_SERVERS'] = servers.address;
  // Built for minutes on a new machine: of all specs, some need it late, and until then there are moments without work.
  if (nonFlagArgs.length === 0) servers.begin('natsCommandLine');
}

/**
 * Jest transforms what this file imports, but resolves it as Node does. This leads workspace packages and `./x.js` to
 * their TypeScript, as specs see them, so that no build is needed.
 */
function loadTypeScript(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const fromSource = { ...context, conditions: ['@tenure/source', ...context.conditions] };
      try {
        return next(specifier, fromSource);
      } catch (error) {
        if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
        return next(specifier.replace(/\.js$/, '.ts'), fromSource);
      }
    },
  });
}

declare global {
  // oxlint-disable-next-line no-var
  var tenureServers: OfferedServers | undefined;
}
