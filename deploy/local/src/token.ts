import { needStack } from './supervisor/stack.js';
import { Stop } from './supervisor/stop.js';

/** `npm run token -- <sign-in>`: prints an access token, and nothing else, on standard output. */
const [signIn] = process.argv.slice(2);
try {
  if (!signIn) throw new Stop('Whose token? npm run token -- sofia@solar-partner.example');
  const stack = needStack();
  process.stdout.write(`${await stack.token(signIn)}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
