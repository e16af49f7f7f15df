import { PubHeaders, type JetStreamClient } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';

/** An event as stored in the outbox. */
export interface WaitingEvent {
  id: string;
  subject: string;
  event: string;
}

/** From this number of events, a batch costs the server less than single messages: it creates files for each batch. */
const WORTH_A_BATCH = 50;
const TIMEOUT_MS = 5_000;

/** Sends up to a thousand events, in order. @returns for each, in that order, whether JetStream has stored it */
export async function tell(
  jetstream: Pick<JetStreamClient, 'publish' | 'startBatch'>,
  events: readonly WaitingEvent[],
): Promise<PromiseSettledResult<unknown>[]> {
  // A batch is all or nothing: one event that is a duplicate, not allowed, or for which a full stream has no room fails
  // the others. Sent alone, each gets its own answer.
  const isTold = events.length >= WORTH_A_BATCH && (await tellTogether(jetstream, events).then(yes, no));
  if (isTold) return events.map((value) => ({ status: 'fulfilled', value }));
  return Promise.allSettled(
    events.map(({ id, subject, event }) => jetstream.publish(subject, event, { msgID: id, timeout: TIMEOUT_MS })),
  );
}

const yes = () => true;
const no = () => false;

/** The server writes a batch to disk at once, not event by event. @throws if it is not certain that all were stored */
async function tellTogether(
  jetstream: Pick<JetStreamClient, 'startBatch'>,
  events: readonly WaitingEvent[],
): Promise<void> {
  const [first, last] = [events.at(0)!, events.at(-1)!];
  const batch = await jetstream.startBatch(first.subject, first.event, { msgID: first.id, timeout: TIMEOUT_MS });
  for (const { id, subject, event } of events.slice(1, -1)) batch.add(subject, event, { headers: withId(id) });
  await batch.commit(last.subject, last.event, { headers: withId(last.id), timeout: TIMEOUT_MS });
}

function withId(id: string) {
  const head = headers();
  head.set(PubHeaders.MsgIdHdr, id);
  return head;
}
