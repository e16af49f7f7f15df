import type { NatsConnection } from '@nats-io/transport-node';
import { allEvents, envelopeSchema, eventFilter } from '@tenure/contracts';
import { printable } from '@tenure/platform/command/words';
import { eventLine } from './event-line.js';

/** A filter for events; empty means all. */
export interface Wanted {
  account?: string;
  application?: string;
  organization?: string;
}

/**
 * Prints a line for each event from now on, as the NATS user `operator`.
 * @returns once it is subscribed, a promise that settles when the connection is closed
 */
export async function followEvents(
  nats: NatsConnection,
  { account, application, organization }: Wanted,
  say: (line: string) => void,
): Promise<{ closed: Promise<unknown> }> {
  const isWanted = (found: string | null, wanted: string | undefined) => wanted === undefined || found === wanted;
  for (const event of allEvents)
    nats.subscribe(eventFilter(event), {
      callback: (error, message) => {
        if (error) return say(`${event.name} cannot be followed: ${error.message}`);
        const { data: envelope } = envelopeSchema.safeParse(readJson(message));
        if (!envelope) return say(printable(`${message.subject}: not an event`));
        const { accountId, applicationId, organizationId } = envelope;
        if (
          isWanted(accountId, account) &&
          isWanted(applicationId, application) &&
          isWanted(organizationId, organization)
        )
          say(eventLine(envelope));
      },
    });
  await nats.flush();
  return { closed: nats.closed() };
}

function readJson(message: { json(): unknown }): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
