import { ignoreClosedOutput } from '@tenure/platform/command/closed-output';
import { stopOf, Stop } from '@tenure/platform/command/stop';
import { samplePeople } from './sample/people.js';
import { FailedForGood } from './supervisor/supervisor.js';
import type { Stack } from './supervisor/find-stack.js';
import { startStack, type OwnStack } from './supervisor/stack.js';
import { fillInSampleData } from './sample/fill-in.js';

/** `npm start`: runs everything on one machine, until Ctrl-C. */
const began = Number(process.env.TENURE_BEGAN_AT ?? Date.now());
const say = (sentence: string) => console.log(sentence);
const asked = new AbortController();
ignoreClosedOutput();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (asked.signal.aborted) return;
    say('\nStopping everything …');
    asked.abort();
  });
const ended = new Promise<void>((resolve) => asked.signal.addEventListener('abort', () => resolve()));

try {
  const stack = await startStack({ say, signal: asked.signal, prepare: fillIn });
  say(summary(stack));
  const failure = await Promise.race([ended, stack.failed]).catch((error: unknown) => error as Error);
  if (failure) say(`\n${stopOf(failure, 'running Tenure').message}\nStopping everything …`);
  await stack.stop();
  say('Everything has stopped. The data are kept; npm start continues where you left off.');
  process.exitCode = failure ? 1 : 0;
} catch (error) {
  if (!(error instanceof Stop || error instanceof FailedForGood)) throw error;
  console.error(error.message);
  process.exitCode = asked.signal.aborted ? 0 : 1;
}

/** Tenure works without the samples, so a failure here does not end it. */
async function fillIn(stack: Stack): Promise<void> {
  await fillInSampleData(stack, say).catch((error: Error) => {
    if (!asked.signal.aborted)
      say(`The sample data are not complete (${error.message}); the next npm start continues with them.`);
  });
}

function summary({ configuration, api, mailbox, temporalUi }: OwnStack): string {
  const { ports, publicUrl, dataFolder, logFolder, resendApiKey } = configuration;
  const rows: [string, string][] = [
    ['API', api],
    ['Its documentation', `${api}/docs`],
    ['Temporal UI', `${temporalUi}/namespaces/tenure/workflows`],
    [resendApiKey ? 'Mailbox (unused: e-mails are really sent)' : 'Mailbox', mailbox],
    ['Identity provider', `http://127.0.0.1:${ports.identityProvider}`],
    ['PostgreSQL', `127.0.0.1:${ports.postgres}, database tenure`],
    ['NATS', `127.0.0.1:${ports.nats}`],
  ];
  const someSuperAdmin = someone('SuperAdmin');
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  return `
Open ${publicUrl}

Tenure is ready after ${seconds} s.

${columns(rows)}

Sign-ins (no password):
${columns(samplePeople.map(({ signIn, description, organization }) => [signIn, `${description}, ${organization}`]))}

What to try first, in the browser:
  1. As ${someSuperAdmin}, create a new account under “Account management”.
  2. In a private window, as ${someone('Customer Success')}, approve it under “Customer Success”.
  3. Open the account and move its clock forward: its reminders arrive in the mailbox.

What to try next, in another terminal:
${columns([
  ['npm run tour', 'plays a year of an account and checks each step'],
  [`npm run token -- ${someSuperAdmin}`, 'prints a token to call the API with'],
  ['npm run members -- list', 'lists who may sign in, and with which roles'],
  ['npm run events', 'follows events as they happen, one per line'],
  ['npm run verify', 'checks that all stored figures agree'],
])}

Data: ${dataFolder} · logs: ${logFolder} · stop with Ctrl-C`;
}

/** The sign-in of a person who reads English. */
function someone(role: string): string {
  return samplePeople.find(({ description, language }) => description === role && language === 'en')?.signIn ?? '';
}

function columns(rows: [string, string][]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 3;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
}
