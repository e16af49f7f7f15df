import { connect, type NatsConnection } from '@nats-io/transport-node';
import { client, type Caller, type Client } from '@tenure/contracts';
import type { Stack } from '../supervisor/find-stack.js';

/** Does the work on its own connection, as a NATS user of the stack. */
export async function asNatsUser<T>(
  { natsUser }: Pick<Stack, 'natsUser'>,
  user: Caller,
  work: (services: Client, nats: NatsConnection) => Promise<T>,
): Promise<T> {
  const nats = await connect(natsUser(user));
  try {
    return await work(client(nats, user), nats);
  } finally {
    await nats.close();
  }
}
