import { requestToken } from './identity-provider/sign-in-grant.js';
import { fromEnvironment } from './secrets.js';
import { needStack } from './supervisor/stack.js';
import { Stop } from './supervisor/stop.js';

/** `npm run token -- <sign-in>`: prints an access token, and nothing else, on standard output. */
const [signIn] = process.argv.slice(2);
try {
  if (!signIn) throw new Stop('Whose token? npm run token -- sofia@solar-partner.example');
  process.stdout.write(`${await token(signIn)}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** From the provider that the environment names (in its container), or else from the one on this machine. */
function token(whose: string): Promise<string> {
  const secret = fromEnvironment('TERMINAL_SECRET');
  const { OIDC_ISSUER } = process.env;
  return OIDC_ISSUER && secret ? requestToken(OIDC_ISSUER, secret, whose) : needStack().token(whose);
}
