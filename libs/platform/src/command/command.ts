import { inWords } from './words.js';
import { Stop } from './stop.js';
import { ignoreClosedOutput } from './closed-output.js';

/** A command that runs for a while and that the person at the terminal may interrupt. */
export interface Command {
  /** Its abort reason is the Stop. */
  signal: AbortSignal;
  /** Rejects with the Stop when the command is interrupted. */
  broken: Promise<never>;
}

/**
 * Runs a command and sets the exit code of the process. An error that a person can do something about is printed as a
 * sentence; any other is a bug and is printed with its stack.
 * @param brokenOff the sentence printed when the person interrupts the command
 * @param usage printed for `--help`, instead of running the command
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
  broken.catch(() => undefined); // Nobody may be waiting for it when it rejects.
  ignoreClosedOutput();
  if (usage !== undefined && process.argv.slice(2).some((word) => word === '--help' || word === '-h'))
    return console.log(usage);
  try {
    process.exitCode = await main({ signal, broken });
  } catch (error) {
    console.error(inWords(error) ?? error);
    // Nobody waits anymore for what is in progress: requests that are retried for a minute, or a connection to a server
    // that says nothing, which the NATS client leaves open.
    process.exit(1);
  }
}
