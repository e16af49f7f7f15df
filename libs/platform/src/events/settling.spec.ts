import { randomUUID } from 'node:crypto';
import type { JsMsg } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { applicationLapsed, eventSubject } from '@tenure/contracts';
import type { Nats } from '../nats/nats.js';
import { on } from './handler.js';
import { Settling } from './settling.js';

const organizationId = randomUUID();
const subject = eventSubject(applicationLapsed, organizationId);
const log = { error: () => undefined, warn: () => undefined } as unknown as Logger;

/** What a consumer with three deliveries does with a message at the given delivery. */
async function settled({ deliveryCount, isStored = true }: { deliveryCount: number; isStored?: boolean }) {
  const done: unknown[] = [];
  const publish = async (to: string, _: unknown, { msgID }: { msgID: string }) => {
    if (!isStored) throw new Error('no answer');
    done.push(['dead letter', to, msgID]);
  };
  const handler = on(applicationLapsed, async () => {
    done.push('handled');
    throw new Error('never');
  });
  const consumer = { durable: 'workflows', handlers: [handler], atOnce: 1, backoff: [10, 20] };
  const nats = { jetstream: { publish } } as unknown as Nats;
  const event = {
    ...{ id: randomUUID(), type: applicationLapsed.name, schema: 1, at: '2026-11-24T10:00:00.000Z', organizationId },
    ...{ accountId: randomUUID(), applicationId: randomUUID(), version: 1, cause: {} },
    data: { type: 'change_license', accountId: randomUUID(), clockAheadSeconds: 0 },
  };
  const message = {
    ...{ subject, seq: 7, info: { deliveryCount }, data: new Uint8Array() },
    json: () => event,
    string: () => '',
    ack: () => done.push('ack'),
    nak: (wait: number) => done.push(['nak', wait]),
    term: () => done.push('term'),
  } as unknown as JsMsg;
  await new Settling(consumer, 3, nats, log, {
    leaving: () => new AbortController().signal,
    suspect: () => undefined,
  }).settle(message);
  return done;
}

const deadLetter = ['dead letter', 'events.dead.workflows', 'workflows:7'];

describe('an event that fails', () => {
  it('is retried after its backoff, and given up on at its last delivery', async () => {
    expect(await settled({ deliveryCount: 2 })).toEqual(['handled', ['nak', 20]]);
    expect(await settled({ deliveryCount: 3 })).toEqual(['handled', deadLetter, 'term']);
  });

  it('that crashed the process at each delivery is given up on without another try', async () =>
    expect(await settled({ deliveryCount: 4 })).toEqual([deadLetter, 'term']));

  it('is kept until the dead event is stored', async () =>
    expect(await settled({ deliveryCount: 3, isStored: false })).toEqual(['handled', ['nak', 20]]));
});
