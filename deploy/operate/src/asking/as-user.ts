import type { NatsConnection } from '@nats-io/transport-node';
import { client, type Caller, type Client, inboxPrefix } from '@tenure/contracts';
import { connectNats } from '@tenure/platform/command/connect-nats';
import { setting } from '@tenure/platform/command/setting';
import { Stop } from '@tenure/platform/command/stop';
import { needStack } from '../this-machine/stack.js';

/**
 * Does the work as a NATS user of the deployment that the environment names, or of the stack on this machine.
 * @param furtherSettings that the work needs for a deployment elsewhere
 * @throws Stop
 */
export async function asUser<T>(
  user: Caller,
  work: (services: Client, nats: NatsConnection) => Promise<T>,
  furtherSettings: readonly string[] = [],
): Promise<T> {
  const { NATS_URL } = process.env;
  const password = setting('NATS_PASSWORD');
  const missing = [
    ...(password === undefined ? [`NATS_PASSWORD (of the user ${user})`] : []),
    ...furtherSettings.filter((name) => setting(name) === undefined),
  ];
  if (NATS_URL !== undefined && missing.length > 0) throw new Stop(`With NATS_URL, set ${missing.join(' and ')} too.`);
  const nats = await connectNats(
    NATS_URL === undefined
      ? (await needStack()).natsUser(user)
      : { servers: NATS_URL, user, pass: password!, inboxPrefix: inboxPrefix(user) },
  );
  try {
    return await work(client(nats, user), nats);
  } finally {
    await nats.close();
  }
}
