import { samplePeople } from './sample/people.js';
import { FailedForGood } from './supervisor/supervisor.js';
import { startStack, type OwnStack } from './supervisor/stack.js';
import { Stop } from './supervisor/stop.js';
import { fillInSampleData } from './sample/fill-in.js';

/** `npm start`: everything on one machine, until Ctrl-C. */
const began = Number(process.env.TENURE_BEGAN_AT ?? Date.now());
const say = (sentence: string) => console.log(sentence);
const asked = new AbortController();
let signals = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    signals += 1;
    if (signals === 1) asked.abort();
  });
const ended = new Promise<void>((resolve) => asked.signal.addEventListener('abort', () => resolve()));

try {
  const stack = await startStack({
    say,
    signal: asked.signal,
    prepare: (started) => fillInSampleData(started, say),
  });
  say(summary(stack));
  const failure = await Promise.race([ended, stack.failed]).catch((error: unknown) => error as Error);
  say(failure ? `\n${failure.message}\nEnding everything …` : '\nEnding everything …');
  await stack.stop();
  say('Everything has ended. The data are kept: npm start goes on where this was.');
  process.exitCode = failure ? 1 : 0;
} catch (error) {
  if (!(error instanceof Stop || error instanceof FailedForGood)) throw error;
  console.error(error.message);
  process.exitCode = asked.signal.aborted ? 0 : 1;
}

function summary({ configuration, api, mailbox, temporalUi }: OwnStack): string {
  const { ports, publicUrl, dataFolder, logFolder, resendApiKey } = configuration;
  const rows: [string, string][] = [
    ['API', api],
    ['Its documentation', `${api}/docs`],
    ['Temporal UI', `${temporalUi}/namespaces/tenure`],
    [resendApiKey ? 'Mailbox (unused: e-mails are really sent)' : 'Mailbox', mailbox],
    ['Identity provider', `http://127.0.0.1:${ports.identityProvider}`],
    ['PostgreSQL', `127.0.0.1:${ports.postgres}, database tenure`],
    ['NATS', `127.0.0.1:${ports.nats}`],
  ];
  const wide = Math.max(...rows.map(([what]) => what.length)) + 2;
  const widest = Math.max(...samplePeople.map(({ signIn }) => signIn.length)) + 2;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  return `
Tenure is ready after ${seconds} s, at ${publicUrl}

${rows.map(([what, where]) => `  ${what.padEnd(wide)}${where}`).join('\n')}

Sign-ins (no password):
${samplePeople.map(({ signIn, description = '' }) => `  ${signIn.padEnd(widest)}${description}`).join('\n')}

What to try next, in another terminal:
  npm run tour                          a year of an account, checked step by step
  npm run token -- ${samplePeople.find(({ description }) => description?.startsWith('SuperAdmin'))?.signIn}   a token to call the API with
  npm run members -- list               who may sign in

Data: ${dataFolder} · logs: ${logFolder} · end with Ctrl-C`;
}
