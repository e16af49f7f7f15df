import type { Msg } from '@nats-io/transport-node';
import { eventFilter, type Event } from '@tenure/contracts';
import type { Nats } from '@tenure/platform/messaging';

/**
 * Hears of an event as it is told, from now on: a hint to look again, since what is told while NATS is away is missed.
 * @throws Error where NATS does not allow it
 */
export async function whenTold(nats: Nats, event: Event, hear: (message: Msg) => void): Promise<void> {
  let refused: Error | undefined;
  nats.connection.subscribe(eventFilter(event), {
    callback: (error, message) => {
      if (error) refused = error;
      else hear(message);
    },
  });
  await nats.connection.flush(); // By its end the server has allowed or refused it.
  if (refused !== undefined) throw new Error(`NATS refuses to tell of ${event.name}.`, { cause: refused });
}
