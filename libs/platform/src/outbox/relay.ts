import { MikroORM } from '@mikro-orm/postgresql';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { counted } from '../command/figures.js';
import { Connection } from '../database/connection.js';
import { Database } from '../database/database.js';
import { idArray } from '../database/rows.js';
import { isStreamFull, makeRoom } from '../events/room.js';
import { ensureEventStream, type EventStreamSettings } from '../events/stream.js';
import { Nats } from '../nats/nats.js';
import { crashPoint } from '../process/crash-point.js';
import type { ReadinessCheck } from '../process/health.js';
import type { Metrics } from '../process/metrics.js';
import { Loop } from '../process/loop.js';
import { Beginning } from './beginning.js';
import { tell, type WaitingEvent } from './tell.js';
import { Trouble } from './trouble.js';

const batch = 500;
/**
 * Sends recorded events to JetStream and, once they are acknowledged, removes them at the next poll: no event is lost,
 * some may be sent twice. One relay per service works at a time: lock and work share one database connection, so that
 * whoever loses one loses the other.
 * @param idle how long an event may wait if the wake-up is lost, in milliseconds: its commit was in another instance
 * @param apart the minimum time from one poll to the next, in milliseconds, so that events recorded meanwhile share a
 * batch: on a busy service, each poll would otherwise find one event, at the cost of many. An event on an idle service
 * goes immediately. One that somebody is waiting for ends the pause, and those recorded before go with it.
 * @param silent how long the working relay may send nothing to the database, in milliseconds, before it counts as hung
 * and another takes over
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger(OutboxRelay.name);
  readonly #outbox: string;
  readonly #statements: string;
  readonly #trouble = new Trouble(this.#log);
  #isStarted = false;
  readonly #loop = new Loop(() => this.#turn());

  constructor(
    private readonly orm: MikroORM,
    private readonly database: Database,
    private readonly nats: Nats,
    private readonly stream: EventStreamSettings,
    private readonly idle = 1_000,
    private readonly apart = 100,
    private readonly silent = 30_000,
  ) {
    this.#outbox = `"${database.service}".outbox`;
    // Statistics say that the table is empty, which it mostly is; a plan based on them scans the whole table for each
    // row to remove. A coalesced row that changed meanwhile has another id and stays; one that is being changed is left
    // for later.
    this.#statements = `set enable_seqscan = off; set enable_bitmapscan = off;
      prepare oldest(bigint) as select position, id, subject, event::text as event from ${this.#outbox}
        where position >= $1 order by position limit ${batch};
      prepare remove(uuid[]) as delete from ${this.#outbox} where position = any(array
        (select position from ${this.#outbox} where id = any($1) for update skip locked))`;
    database.whenRecorded((isAwaited) => this.wake({ atOnce: isAwaited }));
  }

  async onApplicationBootstrap(): Promise<void> {
    await ensureEventStream(this.nats, this.stream);
    this.#isStarted = true;
    this.#loop.start();
  }

  /**
   * Sends what was already recorded, as far as one attempt gets; the rest is left to another instance or the next
   * start.
   */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  /** Wakes the relay: the outbox has a new event. */
  wake(how?: { atOnce: boolean }): void {
    this.#loop.wake(how);
  }

  readonly readiness: ReadinessCheck = {
    name: 'outbox relay',
    check: () => {
      if (this.#loop.isStopping) throw new Error('it has been stopped');
      if (!this.#isStarted) throw new Error('it has not started yet');
      if (this.#trouble.words !== undefined) throw new Error(this.#trouble.words);
    },
  };

  measure(metrics: Metrics): void {
    metrics.gauges({
      read: () => this.#waiting(),
      gauges: {
        messages: ['tenure_outbox_messages', 'Events recorded and not sent yet.'],
        oldest: ['tenure_outbox_oldest_seconds', 'Age of the oldest event not sent yet.'],
      },
    });
  }

  async #turn(): Promise<number> {
    try {
      await this.#lead();
      this.#trouble.end();
    } catch (error) {
      this.#trouble.begin(error);
    }
    return this.idle;
  }

  /** Works until it is stopped or the connection fails; returns immediately if another instance works. */
  async #lead(): Promise<void> {
    const connection = await Connection.from(this.orm);
    let leads = true; // Until this is known, the connection is closed with whatever it holds.
    try {
      const [lock] = await connection.ask(
        `select pg_try_advisory_lock(hashtext('tenure.outbox'), hashtext('${this.database.service}')) as leads`,
      );
      [{ leads }] = lock!.rows as [{ leads: boolean }];
      if (!leads) return;
      // If a leader hangs or its machine disappears, it would keep the lock until the server gives up on the
      // connection.
      await connection.ask(
        `set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;
         set idle_session_timeout = ${this.silent}`,
      );
      await connection.ask(this.#statements);
      // If a server crash undoes a removal, an event is sent twice, which may happen anyway.
      await connection.ask('set synchronous_commit = off');
      const beginning = new Beginning();
      let sent: string[] = [];
      for (;;) {
        const last = this.#loop.isStopping;
        const turn = await this.#relay(connection, beginning, sent);
        sent = turn.sent;
        if (last) {
          if (sent.length > 0) await connection.ask(removal(sent));
          return;
        }
        if (!turn.hasMore) await this.#loop.pause(this.idle, this.apart);
      }
    } finally {
      connection.release(leads); // Closing the connection also releases the lock.
    }
  }

  /** Removes what was sent before and sends the next batch: one database message for both. */
  async #relay(
    connection: Connection,
    beginning: Beginning,
    sentBefore: readonly string[],
  ): Promise<{ sent: string[]; hasMore: boolean }> {
    const look = `execute oldest(${beginning.place()})`;
    const answers = await connection.ask(sentBefore.length > 0 ? `${removal(sentBefore)}; ${look}` : look);
    const rows = answers.at(-1)!.rows as (WaitingEvent & { position: string })[];
    const [first] = rows;
    if (first === undefined) {
      this.#trouble.end();
      return { sent: [], hasMore: false };
    }
    beginning.found(Number(first.position));
    if (!this.nats.connected) {
      this.#trouble.begin('NATS is not connected');
      return { sent: [], hasMore: false };
    }
    crashPoint('outbox.before_publish');
    const told = await tell(this.nats.jetstream, rows);
    crashPoint('outbox.published');
    const sent = rows.filter((_, index) => told[index]!.status === 'fulfilled').map(({ id }) => id);
    const refused = told.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
    if (refused.length > 0) {
      await this.#refused(refused);
      return { sent, hasMore: false };
    }
    this.#trouble.end();
    return { sent, hasMore: rows.length === batch };
  }

  /** Some events were refused; they are retried at the next poll. */
  async #refused(reasons: readonly unknown[]): Promise<void> {
    if (!reasons.some(isStreamFull)) return this.#trouble.begin(reasons[0]);
    const { removed, heldUpBy, missedBy } = await makeRoom(this.nats);
    for (const { consumer, events } of missedBy)
      this.#log.error({
        message: `The event stream was full: ${consumer} misses up to ${counted(events, 'event')}.`,
        alert: true,
      });
    if (removed === 0) this.#trouble.begin(fullOf(heldUpBy));
  }

  #waiting() {
    return this.database.asService((em) =>
      em.execute<{ messages: number; oldest: number }[]>(
        `select count(*)::int as messages, coalesce(extract(epoch from now() - min(recorded_at)), 0)::float as oldest
         from ${this.#outbox}`,
      ),
    );
  }
}

function removal(sent: readonly string[]): string {
  return `execute remove('${idArray(sent)}')`;
}

function fullOf(heldUpBy: readonly string[]): string {
  const why =
    heldUpBy.length === 0 ? 'only dead events are left in it' : `not yet fully handled by ${heldUpBy.join(', ')}`;
  return `the event stream is full, and ${why}`;
}
