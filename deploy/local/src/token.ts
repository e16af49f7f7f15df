import { runCommand, type Command } from '@tenure/platform/command/command';
import { setting } from '@tenure/platform/command/setting';
import { Stop } from '@tenure/platform/command/stop';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { requestToken } from './identity-provider/ask.js';
import { needStack } from './supervisor/find-stack.js';

/** `npm run token -- <sign-in>`: prints an access token, and nothing else, on standard output. */
const usage = `npm run token -- <sign-in>

Prints a person's access token for the API: npm run -s token -- sofia@solar-partner.example
To see who may sign in: npm run members -- list`;

await runCommand('Interrupted.', main, usage);

async function main({ broken }: Command): Promise<number> {
  const [signIn, ...more] = parseArguments(usage, { allowPositionals: true }).positionals;
  if (signIn === undefined || more.length > 0) throw new Stop(usage);
  console.log(await Promise.race([token(signIn), broken]));
  return 0;
}

/** Requests it from the provider that the environment names (in its container), or from the one on this machine. */
function token(whose: string): Promise<string> {
  const secret = setting('TERMINAL_SECRET');
  const { OIDC_ISSUER } = process.env;
  return OIDC_ISSUER && secret ? requestToken(OIDC_ISSUER, secret, whose) : needStack().token(whose);
}
