import { jetstreamManager, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { envelopeSchema, eventStream } from '@tenure/contracts';
import { Stop } from '@tenure/platform/command/stop';
import { printable } from '@tenure/platform/command/words';
import { eventLine } from './event-line.js';

/** An event that a consumer gave up on. */
export interface DeadEvent {
  /** Its position in the stream, which identifies it. */
  id: number;
  /** The consumer that gave up on it. */
  consumer: string;
  /** When, in UTC. */
  at: string;
  /** The reason of the last failure. */
  reason: string;
  deliveries: number;
  /** Its original subject. */
  subject: string;
  /** The original message. */
  body: string;
}

const { name: stream, dead, retry, headers: names } = eventStream;

/** The dead events, which the operator may read, retry or discard, as the NATS user `operator`. */
export class DeadEvents {
  private constructor(
    private readonly nats: NatsConnection,
    private readonly manager: JetStreamManager,
  ) {}

  static async of(nats: NatsConnection): Promise<DeadEvents> {
    return new DeadEvents(nats, await jetstreamManager(nats, { checkAPI: false }));
  }

  /** Those of all consumers, oldest first. */
  async list(): Promise<DeadEvent[]> {
    const found: DeadEvent[] = [];
    for (let seq = 1; ; seq = found.at(-1)!.id + 1) {
      const next = { seq, next_by_subj: `${dead}.*` };
      const message = await this.manager.streams.getMessage(stream, next);
      if (message === null) return found;
      found.push(deadEvent(message));
    }
  }

  /** @throws Stop if there is no such dead event */
  async get(id: number): Promise<DeadEvent> {
    const message = await this.manager.streams.getMessage(stream, { seq: id });
    if (message === null || !message.subject.startsWith(`${dead}.`)) throw new Stop(`There is no dead event ${id}.`);
    return deadEvent(message);
  }

  /**
   * Sends it to its consumer again, and to nobody else. It is then no longer dead; if it fails again, it becomes a new
   * dead event. Interrupted halfway, it may be sent twice, which is harmless because events carry versions.
   */
  async putBack({ id, consumer, subject, body }: DeadEvent): Promise<void> {
    const head = headers();
    head.set(names.subject, subject);
    const js = this.manager.jetstream();
    await js.publish(`${retry}.${consumer}`, body, { headers: head, msgID: `${retry}:${id}` });
    await this.discard(id);
  }

  /** Removes it permanently. */
  async discard(id: number): Promise<void> {
    await this.get(id);
    await this.manager.streams.deleteMessage(stream, id, false);
  }
}

function deadEvent(message: StoredMsg): DeadEvent {
  const { seq, subject, time, header } = message;
  return {
    id: seq,
    consumer: subject.slice(dead.length + 1),
    at: time.toISOString(),
    reason: header.get(names.reason),
    deliveries: Number(header.get(names.deliveries)),
    subject: header.get(names.subject),
    body: message.string(),
  };
}

/** Two lines: who gave up on it, when and why; and the event. */
export function deadEventLines({ id, consumer, at, reason, deliveries, subject, body }: DeadEvent): string {
  const tries = deliveries === 1 ? '1 try' : `${deliveries} tries`;
  return `${id}  ${consumer}  ${at.slice(0, 19).replace('T', ' ')}  after ${tries}: ${printable(reason)}\n    ${told(subject, body)}`;
}

/** All that is stored of it, and the message, without control characters, which a terminal would execute. */
export function wholeDeadEvent({ body, ...about }: DeadEvent): string {
  return [...JSON.stringify(about, null, 2).split('\n'), body].map(printable).join('\n');
}

function told(subject: string, body: string): string {
  try {
    return eventLine(envelopeSchema.parse(JSON.parse(body)));
  } catch {
    return printable(`${subject}: not an event`);
  }
}
