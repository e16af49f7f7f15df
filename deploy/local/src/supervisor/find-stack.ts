import { inboxPrefix, type Caller } from '@tenure/contracts/message';
import { Stop } from '@tenure/platform/command/stop';
import { readConfiguration, type Configuration } from '../configuration.js';
import { issuerAt, requestToken } from '../identity-provider/ask.js';
import { Secrets } from '../secrets.js';
import { inDatabase, superuserUrl } from '../servers/roles.js';
import { readPasswords, type Passwords } from './passwords.js';
import { RunningFile } from './running-file.js';

/** A running stack, as people and commands use it. */
export interface Stack {
  configuration: Configuration;
  /** The gateway's API: `http://127.0.0.1:7300/api`. */
  api: string;
  mailbox: string;
  issuer: string;
  temporalUi: string;
  /** Temporal's address, without a scheme: `127.0.0.1:7304`. */
  temporal: string;
  nats: string;
  /** Requests a person's access token from the identity provider. @throws if nobody has this sign-in */
  token(signIn: string): Promise<string>;
  /** The database of all services as its superuser, for an operator. */
  database: string;
  /** The credentials of a NATS user. */
  natsUser(name: Caller): { servers: string; user: Caller; pass: string; inboxPrefix: string };
  /** The id of a process by its name, such as `workflows`; it changes with each restart. */
  pid(name: string): number | undefined;
}

/** The running stack of the configured data folder, if any. */
export function findStack(configuration = readConfiguration()): Stack | undefined {
  const file = new RunningFile(configuration.dataFolder);
  const running = file.read();
  if (!running?.ready) return undefined;
  const pid = (name: string) => file.read()?.processes.find((running) => running.name === name)?.pid;
  return stackOf({ ...configuration, ...running.at }, readPasswords(new Secrets(configuration.dataFolder)), pid);
}

/** @throws Stop if none is running */
export function needStack(configuration = readConfiguration()): Stack {
  const stack = findStack(configuration);
  if (stack) return stack;
  throw new Stop(
    new RunningFile(configuration.dataFolder).read()
      ? 'Tenure is still starting: try again once npm start says that it is ready.'
      : 'Tenure is not running on this data folder: start it with npm start, in another terminal.',
  );
}

/**
 * The addresses of a stack. Commands that look for it load neither the code that starts it nor any schema, which was
 * most of a command's start.
 */
export function stackOf(
  configuration: Configuration,
  passwords: Passwords,
  pid: (name: string) => number | undefined,
): Stack {
  const { ports } = configuration;
  const issuer = issuerAt(ports.identityProvider);
  const nats = `nats://127.0.0.1:${ports.nats}`;
  return {
    configuration,
    api: `http://127.0.0.1:${ports.gateway}/api`,
    mailbox: `http://127.0.0.1:${ports.mailbox}`,
    issuer,
    temporalUi: `http://127.0.0.1:${ports.temporalUi}`,
    temporal: `127.0.0.1:${ports.temporal}`,
    nats,
    database: inDatabase(superuserUrl(ports.postgres, passwords.superuser), 'tenure'),
    token: (signIn) => requestToken(issuer, passwords.terminalSecret, signIn),
    natsUser: (user) => ({ servers: nats, user, pass: passwords.nats[user], inboxPrefix: inboxPrefix(user) }),
    pid,
  };
}
