import type { Msg } from '@nats-io/transport-node';
import { eventFilter, type Event } from '@tenure/contracts';
import type { Nats } from '@tenure/platform/messaging';

/**
 * Calls back for each event of a kind from now on. Use it only as a hint to fetch: events that are published while NATS
 * is unreachable are missed.
 * @throws Error if NATS does not permit the subscription
 */
export async function subscribeTo(nats: Nats, event: Event, hear: (message: Msg) => void): Promise<void> {
  let refused: Error | undefined;
  nats.connection.subscribe(eventFilter(event), {
    callback: (error, message) => {
      if (error) refused = error;
      else hear(message);
    },
  });
  await nats.connection.flush(); // After this the server has accepted or refused the subscription.
  if (refused !== undefined) throw new Error(`NATS refuses a subscription to ${event.name}.`, { cause: refused });
}
