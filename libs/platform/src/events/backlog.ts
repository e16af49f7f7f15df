import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { eventStream } from '@tenure/contracts';
import { counted } from '../command/figures.js';
import type { Nats } from '../nats/nats.js';

/** How far a durable consumer is behind, and its dead events. */
export interface Backlog {
  /** Events that were not delivered to it yet. */
  waiting: number;
  /** Events that were delivered to it and that it has not settled. */
  unsettled: number;
  /** The age of the oldest of both, in seconds; 0 if there is none. */
  oldestSeconds: number;
  /** Dead events that nobody has retried. */
  dead: number;
}

export async function readBacklog(nats: Nats, durable: string): Promise<Backlog> {
  const manager = await nats.jetstream.jetstreamManager(false);
  const [consumer, dead] = await Promise.all([
    manager.consumers.info(eventStream.name, durable),
    countDead(manager, durable),
  ]);
  const { num_pending: waiting, num_ack_pending: unsettled, ack_floor, config } = consumer;
  if (waiting + unsettled === 0) return { waiting, unsettled, oldestSeconds: 0, dead };
  // Everything up to the ack floor is settled.
  const { filter_subjects: filters = [] } = config;
  const next = await Promise.all(filters.map((filter) => firstFrom(manager, filter, ack_floor.stream_seq + 1)));
  const told = next.filter((message) => message !== null).map(({ time }) => time.getTime());
  const oldest = Math.min(...told);
  return {
    waiting,
    unsettled,
    oldestSeconds: told.length === 0 ? 0 : Math.max(0, (Date.now() - oldest) / 1_000),
    dead,
  };
}

/** The backlog in words; undefined if there is none. */
export function inWords({ waiting, unsettled, oldestSeconds, dead }: Backlog): string | undefined {
  const behind = waiting + unsettled;
  const words = [
    behind > 0 && `${counted(behind, 'event')} behind, the oldest ${Math.round(oldestSeconds)} s`,
    dead > 0 && `${counted(dead, 'dead event')} (npm run events -- --dead)`,
  ].filter(Boolean);
  return words.length === 0 ? undefined : words.join('; ');
}

async function countDead(manager: JetStreamManager, durable: string): Promise<number> {
  const subject = `${eventStream.dead}.${durable}`;
  const { state } = await manager.streams.info(eventStream.name, { subjects_filter: subject });
  return state.subjects?.[subject] ?? 0;
}

/** The first message on a subject at or after this position of the stream. */
function firstFrom(manager: JetStreamManager, subject: string, seq: number): Promise<StoredMsg | null> {
  const query = { seq, next_by_subj: subject };
  return manager.streams.getMessage(eventStream.name, query);
}
