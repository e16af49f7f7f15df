import { Stop } from '@tenure/platform/command/stop';
import { requestToken } from './identity-provider/ask.js';
import { fromEnvironment } from './secrets.js';
import { needStack } from './supervisor/find-stack.js';

/** `npm run token -- <sign-in>`: prints an access token, and nothing else, on standard output. */
const usage = `npm run token -- <sign-in>

Prints an access token of one person, to call the API with: npm run -s token -- sofia@solar-partner.example
Who may sign in: npm run members -- list`;
const [signIn, ...more] = process.argv.slice(2);
try {
  const isHelp = signIn === '--help' || signIn === '-h';
  if (!isHelp && (signIn === undefined || signIn.startsWith('-') || more.length > 0)) throw new Stop(usage);
  process.stdout.write(`${isHelp ? usage : await token(signIn)}\n`);
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
