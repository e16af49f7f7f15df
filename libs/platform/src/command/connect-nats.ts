import { AuthorizationError, connect, type NatsConnection } from '@nats-io/transport-node';
import { natsServers } from '@tenure/contracts';
import { Stop } from './stop.js';

/** As whom a command asks, and where. */
export interface NatsAccess {
  servers: string;
  user: string;
  pass: string;
  inboxPrefix: string;
}

/** Connects for a command; once connected, however long it takes to come back. @throws Stop */
export function connectNats(access: NatsAccess): Promise<NatsConnection> {
  return connect({ ...access, ...natsServers(access.servers), maxReconnectAttempts: -1 }).catch((error: Error) => {
    // A server that was too busy to hear the password in time refuses it as well.
    if (error instanceof AuthorizationError && !/timeout/i.test(error.message))
      throw new Stop(
        `NATS at ${access.servers} refuses the password of the user ${access.user}: with NATS_URL, NATS_PASSWORD has to be that user's.`,
      );
    throw new Stop(`NATS does not answer at ${access.servers}: ${error.message}.`);
  });
}
