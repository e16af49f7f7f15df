import { stopOf, Stop } from '@tenure/platform/command/stop';
import { readConfiguration, type Configuration } from '../configuration.js';
import { Secrets } from '../secrets.js';
import { createRoles } from '../servers/create-roles.js';
import { databaseServices, superuserUrl } from '../servers/roles.js';
import { stackOf, type Stack } from './find-stack.js';
import { nodeProcess, servers } from './managed.js';
import { checkFolders, checkPorts, keepIssuer } from './may-start.js';
import { migrate } from './migrate-service.js';
import { readPasswords } from './passwords.js';
import { AlreadyRunning, RunningFile } from './running-file.js';
import { Supervisor } from './supervisor.js';
import { standIns, tenureProcesses, type NodeProcess } from './tenure-processes.js';

export interface OwnStack extends Stack {
  /** Rejects when a process has failed permanently. */
  failed: Promise<never>;
  /** Restarts a process with these additions to its environment. If it dies, it is restarted without them. */
  restart(name: string, environment: Record<string, string>): Promise<void>;
  /** Ends a process like `kill -9`. @returns a function that starts it again */
  kill(name: string): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

export interface StartOptions {
  configuration?: Configuration;
  say: (sentence: string) => void;
  /** Called once everything is running, before it is reported ready: creates the sample data. */
  prepare?: (stack: Stack) => Promise<void>;
  /** Aborts a start in progress. */
  signal?: AbortSignal;
  /** False: everything ends with this process, however that ends. */
  detached?: boolean;
  /** PostgreSQL settings by name. */
  postgres?: Record<string, string>;
  /** The backoff of the supervisor. */
  backOffMs?: readonly number[];
}

/** Starts everything on one machine, in order. @throws Stop with a sentence for the person at the terminal */
export async function startStack({
  configuration = readConfiguration(),
  say,
  prepare,
  signal,
  detached = true,
  postgres = {},
  backOffMs,
}: StartOptions): Promise<OwnStack> {
  const { dataFolder, ports, publicUrl } = configuration;
  checkFolders(configuration);
  const running = new RunningFile(dataFolder);
  await take(running, configuration, say);
  const supervisor = new Supervisor({ running, say, ...(backOffMs && { backOffMs }) });
  const stop = async () => {
    await supervisor.stop();
    running.release();
  };
  signal?.addEventListener('abort', () => void supervisor.stop());
  const proceed = () => {
    if (signal?.aborted) throw new Stop('Stopped before it was ready.');
  };
  try {
    await checkPorts(configuration);
    keepIssuer(configuration);
    const passwords = readPasswords(new Secrets(dataFolder));
    const stack = stackOf(configuration, passwords, (name) => supervisor.pid(name));
    const asManaged = (process: NodeProcess) => nodeProcess(process, { configuration, detached });
    say('Starting PostgreSQL, NATS, Temporal, the mailbox and the identity provider …');
    const [database, ...otherServers] = servers({ configuration, passwords, say, detached, postgres });
    const prepareDatabase = async () => {
      proceed();
      await createRoles({ url: superuserUrl(ports.postgres, passwords.superuser), passwords: passwords.postgres });
      await Promise.all(databaseServices.map((service) => migrate(service, stack, passwords.postgres)));
    };
    await Promise.all([
      supervisor.start([database!]).then(prepareDatabase),
      supervisor.start(otherServers),
      supervisor.start(standIns(stack, passwords).map(asManaged)),
    ]);
    proceed();
    say(`Starting accounts, licensing, notifications, the gateway and the workflow worker …`);
    await supervisor.start(...tenureProcesses(stack, passwords).map((group) => group.map(asManaged)));
    proceed();
    await Promise.race([prepare?.(stack), supervisor.failed]);
    proceed();
    running.ready({ publicUrl, ports });
    const restart: OwnStack['restart'] = (name, environment) => supervisor.restart(name, environment);
    const kill: OwnStack['kill'] = (name) => supervisor.kill(name);
    return { ...stack, failed: supervisor.failed, restart, kill, stop };
  } catch (error) {
    await stop();
    throw signal?.aborted ? new Stop('Stopped before it was ready.') : stopOf(error, 'the start');
  }
}

async function take(running: RunningFile, { dataFolder }: Configuration, say: (sentence: string) => void) {
  try {
    await running.take((names) => say(`Stopping what an earlier start left behind: ${names.join(', ')} …`));
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error;
    const at = running.read()?.at;
    throw new Stop(
      `Tenure is already running on ${dataFolder} (process ${error.supervisor.pid})${at ? `, at ${at.publicUrl}` : ''}. Use that one, stop it with Ctrl-C, or start another one with its own TENURE_DATA and TENURE_PORT_BASE.`,
    );
  }
}
