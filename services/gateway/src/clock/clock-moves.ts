import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { idempotencyKeyReused, type Actor, type ClockStep } from '@tenure/contracts';
import { Nats } from '@tenure/platform/messaging';
import { z } from 'zod';
import { Lazy } from '../jetstream/lazy.js';
import { isWrongSequence } from '../jetstream/wrong-sequence.js';

const stream = 'CLOCK_MOVES';
const aDay = 24 * 60 * 60 * 1_000_000_000;

const moveSchema = z.object({ accountId: z.string(), step: z.string(), from: z.string(), to: z.string() });

/** The start and target of a move, fixed when its key was first used. */
export interface ClockMove {
  from: string;
  to: string;
}

/**
 * The target of each move by its Idempotency-Key, for a day: a retry continues to the same target, even if the gateway
 * was restarted in between. Stored in the gateway's own JetStream stream, because it has no database.
 */
@Injectable()
export class ClockMoves {
  readonly #stream = new Lazy(() => this.#createStream());

  constructor(private readonly nats: Nats) {}

  /**
   * The move that was started with this key, or else the one from `begin`, which is stored before anything moves.
   * @throws idempotency_key_reused if the key was sent with another account or another step
   */
  async start(
    actor: Actor,
    { idempotencyKey, accountId, step }: { idempotencyKey: string; accountId: string; step: ClockStep },
    begin: () => ClockMove,
  ): Promise<ClockMove> {
    const subject = subjectOf(actor, idempotencyKey);
    const asked = { accountId, step: JSON.stringify(step) };
    const before = await this.#stream.use(
      async () => (await this.#find(subject)) ?? (await this.#store(subject, { ...asked, ...begin() })),
    );
    if (before.accountId !== asked.accountId || before.step !== asked.step) throw idempotencyKeyReused();
    return { from: before.from, to: before.to };
  }

  async #find(subject: string) {
    const manager = await this.nats.jetstream.jetstreamManager(false);
    const message = await manager.streams.getMessage(stream, { last_by_subj: subject });
    return message === null ? undefined : moveSchema.parse(message.json());
  }

  /** If two requests store at once, the first wins and both continue with its move. */
  async #store(subject: string, move: z.output<typeof moveSchema>) {
    try {
      await this.nats.jetstream.publish(subject, JSON.stringify(move), { expect: { lastSubjectSequence: 0 } });
      return move;
    } catch (error) {
      const first = isWrongSequence(error) ? await this.#find(subject) : undefined;
      if (first === undefined) throw error;
      return first;
    }
  }

  async #createStream(): Promise<void> {
    const manager = await this.nats.jetstream.jetstreamManager(false);
    await manager.streams.add({
      name: stream,
      subjects: ['clock-moves.*'],
      max_age: aDay,
      max_bytes: 16 * 1024 * 1024,
      max_msgs_per_subject: 1,
    });
  }
}

/** A key belongs to organization and member (docs/rules.md: Application). */
function subjectOf({ organizationId, memberId }: Actor, idempotencyKey: string): string {
  const owned = [organizationId, memberId, idempotencyKey].join('\n');
  return `clock-moves.${createHash('sha256').update(owned).digest('hex')}`;
}
