import { inWords } from './words.js';
import { Stop } from './stop.js';
import { goOnUnread } from './unread.js';

/** A command that goes on for a while, and that the person at the terminal may break off. */
export interface Command {
  /** Its reason is the Stop. */
  signal: AbortSignal;
  /** Rejects with the Stop when it is broken off. */
  broken: Promise<never>;
}

/**
 * Runs a command to its end, which is the exit code of this process. What a person can do something about is told in
 * words; anything else is a fault, and shown with where it happened.
 * @param brokenOff the sentence when the person at the terminal ends it
 * @param usage what whoever asks for help is told, in place of running it
 */
export async function runCommand(
  brokenOff: string,
  main: (command: Command) => Promise<number>,
  usage?: string,
): Promise<void> {
  const asked = new AbortController();
  const { signal } = asked;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => asked.abort(new Stop(brokenOff)));
  const broken = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  broken.catch(() => undefined); // Nobody may be waiting for it at that moment.
  goOnUnread();
  if (usage !== undefined && process.argv.slice(2).some((word) => word === '--help' || word === '-h'))
    return console.log(usage);
  try {
    process.exitCode = await main({ signal, broken });
  } catch (error) {
    console.error(inWords(error) ?? error);
    // What was under way may go on asking for a minute: nobody waits for it any more.
    if (signal.aborted) process.exit(1);
    process.exitCode = 1;
  }
}
