import { jetstreamManager } from '@nats-io/jetstream';
import { eventStream, eventSubject, type Event } from '@tenure/contracts';
import { eventually, type TestNats, type TestService } from '@tenure/testing';
import { LiveEvents } from '../live/live-events.js';
import { organizationId } from './samples.js';

/** Creates the stream of events, which in production the services create. */
export async function makeEventStream(nats: TestNats): Promise<void> {
  const manager = await jetstreamManager(await nats.connect());
  await manager.streams.add({ name: eventStream.name, subjects: [...eventStream.subjects] });
}

/** Waits until the gateway receives events. */
export async function untilItReceives(gateway: TestService): Promise<void> {
  await eventually(() => {
    if (!gateway.get(LiveEvents).isReceiving) throw new Error('The gateway does not receive events.');
  });
}

interface Telling {
  organizationId?: string;
  accountId?: string | null;
  applicationId?: string | null;
  data: unknown;
}

/** Publishes an event as its service would, and waits until it is stored. */
export async function tell(nats: TestNats, event: Event, about: Telling): Promise<void> {
  const connection = await nats.connect(event.name.split('.')[0]);
  const envelope = {
    id: '0198c2f4-0000-7000-8000-00000000000a',
    type: event.name,
    schema: 1,
    at: '2026-11-24T09:00:00.000Z',
    organizationId,
    accountId: null,
    applicationId: null,
    version: 1,
    cause: {},
    ...about,
  };
  await connection.request(eventSubject(event, envelope.organizationId), JSON.stringify(envelope), { timeout: 30_000 });
}
