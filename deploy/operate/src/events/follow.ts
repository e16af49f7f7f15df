import type { NatsConnection } from '@nats-io/transport-node';
import { allEvents, envelopeSchema, eventFilter } from '@tenure/contracts';
import { eventLine } from './event-line.js';

/** Whose events are wanted; all of them, when nothing is said. */
export interface Wanted {
  account?: string;
  application?: string;
  organization?: string;
}

/**
 * Says a line for each event that is told from now on, as the NATS user `operator`.
 * @returns when it has begun to listen, what settles once the connection is closed
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
        if (!envelope) return say(`${message.subject}: not an event`);
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
