import type { NatsConnection } from '@nats-io/transport-node';
import { client, type Caller, type Client } from '@tenure/contracts';
import { inboxPrefix } from '@tenure/local/servers/nats-accounts';
import { connectNats } from '@tenure/local/supervisor/connect-nats';
import { needStack } from '@tenure/local/supervisor/stack';
import { Stop } from '@tenure/local/supervisor/stop';

/** Does the work as a NATS user of the deployment that the environment names, or else of what runs on this machine. @throws Stop */
export async function asUser<T>(
  user: Caller,
  work: (services: Client, nats: NatsConnection) => Promise<T>,
  { NATS_URL, NATS_PASSWORD }: NodeJS.ProcessEnv = process.env,
): Promise<T> {
  if (NATS_URL !== undefined && !NATS_PASSWORD)
    throw new Stop(`With NATS_URL, set NATS_PASSWORD (of the user ${user}) too.`);
  const nats = await connectNats(
    NATS_URL === undefined
      ? needStack().natsUser(user)
      : { servers: NATS_URL, user, pass: NATS_PASSWORD!, inboxPrefix: inboxPrefix(user) },
  );
  try {
    return await work(client(nats, user), nats);
  } finally {
    await nats.close();
  }
}
