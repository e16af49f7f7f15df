import { AuthorizationError, connect, type NatsConnection } from '@nats-io/transport-node';
import { natsServers } from '@tenure/contracts';
import { Stop } from './stop.js';

/** The NATS user and servers of a command. */
export interface NatsAccess {
  servers: string;
  user: string;
  pass: string;
  inboxPrefix: string;
}

/** Connects for a command. After the first connection it reconnects without limit. @throws Stop */
export function connectNats(access: NatsAccess): Promise<NatsConnection> {
  const options = { ...access, ...natsServers(access.servers), timeout: 5_000, maxReconnectAttempts: -1 };
  return connect(options).catch((error: Error) => {
    // A server that is too busy to read the password in time also refuses the connection.
    if (error instanceof AuthorizationError && !/timeout/i.test(error.message))
      throw new Stop(
        `NATS at ${access.servers} refuses the password of the user ${access.user}. If you set NATS_URL, set NATS_PASSWORD to the password of that user.`,
      );
    throw new Stop(`NATS does not answer at ${access.servers}: ${error.message}.`);
  });
}
