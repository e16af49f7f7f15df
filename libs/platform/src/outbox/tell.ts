import { PubHeaders, type JetStreamClient } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';

/** An event as it lies in the outbox. */
export interface WaitingEvent {
  id: string;
  subject: string;
  event: string;
}

/** From so many on, a batch is less work for the server than each by itself: it makes files for one. */
const WORTH_A_BATCH = 50;
const TIMEOUT_MS = 5_000;

/** Sends events in their order, up to a thousand. @returns of each, in that order, whether JetStream has it on its disk */
export async function tell(
  jetstream: Pick<JetStreamClient, 'publish' | 'startBatch'>,
  events: readonly WaitingEvent[],
): Promise<PromiseSettledResult<unknown>[]> {
  // All or none: what was told before, is not allowed or has no room takes the others along. Alone, each has an answer.
  const isTold = events.length >= WORTH_A_BATCH && (await tellTogether(jetstream, events).then(yes, no));
  if (isTold) return events.map((value) => ({ status: 'fulfilled', value }));
  return Promise.allSettled(
    events.map(({ id, subject, event }) => jetstream.publish(subject, event, { msgID: id, timeout: TIMEOUT_MS })),
  );
}

const yes = () => true;
const no = () => false;

/** Written to the server's disk at once, not one by one. @throws when it is not certain that all were taken */
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
