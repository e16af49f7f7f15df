import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { eventStream } from '@tenure/contracts';
import type { Nats } from '../nats/nats.js';

/** How far a durable consumer is behind, and what it has given up. */
export interface Backlog {
  /** Events that it has not been given yet. */
  waiting: number;
  /** Events that it was given and has not settled. */
  unsettled: number;
  /** How long ago the oldest of both was told, in seconds; 0 when there is none. */
  oldestSeconds: number;
  /** Events that it has given up and that nobody has put back. */
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
  // All before the floor is settled.
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

/** What backlog there is, in words; nothing when there is none. */
export function inWords({ waiting, unsettled, oldestSeconds, dead }: Backlog): string | undefined {
  const behind = waiting + unsettled;
  const words = [
    behind > 0 && `${events(behind)} behind, the oldest ${Math.round(oldestSeconds)} s`,
    dead > 0 && `${events(dead)} given up (npm run events -- --dead)`,
  ].filter(Boolean);
  return words.length === 0 ? undefined : words.join('; ');
}

function events(count: number): string {
  return count === 1 ? '1 event' : `${count} events`;
}

async function countDead(manager: JetStreamManager, durable: string): Promise<number> {
  const subject = `${eventStream.dead}.${durable}`;
  const { state } = await manager.streams.info(eventStream.name, { subjects_filter: subject });
  return state.subjects?.[subject] ?? 0;
}

/** The first message on a subject at this place of the stream or after it. */
function firstFrom(manager: JetStreamManager, subject: string, seq: number): Promise<StoredMsg | null> {
  const query = { seq, next_by_subj: subject };
  return manager.streams.getMessage(eventStream.name, query);
}
