import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { eventStream } from '@tenure/contracts';

/** This many waiting events keep Temporal busy for some seconds, so a decision meanwhile waits no longer than that. */
const MOST_WAITING = 500;
const LOOK_AGAIN_MS = 200;
/** A recorded event is sent within a second, even if the wake-up is lost. */
const ON_ITS_WAY_MS = 1_000;
/** JetStream answers late while it is busy, which is when this waits. */
const ANSWER_WITHIN_MS = 30_000;

/**
 * The number of events that the workflows still have to process. Commands that produce many wait for it, so that they
 * do not overload Temporal.
 */
export class Backlog {
  /** @param stuckAfterMs if no event is handled for this long, something blocks them, and the command should say so */
  constructor(
    private readonly nats: NatsConnection,
    private readonly options: { stuckAfterMs: number } = { stuckAfterMs: 60_000 },
  ) {}

  /** Waits until more events may be produced. */
  async bearable(): Promise<void> {
    for (;;) {
      const { num_pending: pending, num_ack_pending: handled } = await this.#look();
      if (pending + handled <= MOST_WAITING) return;
      await delay(LOOK_AGAIN_MS);
    }
  }

  /**
   * Waits until the events recorded so far are handled, but not for those that others produce meanwhile.
   * @param progress is called with the number that is left
   * @returns the number that is left if none was handled for a minute; otherwise 0
   */
  async handled(progress: (left: number) => void): Promise<number> {
    await delay(ON_ITS_WAY_MS);
    const { delivered, num_pending: pending } = await this.#look();
    const last = delivered.consumer_seq + pending;
    let left = Number.POSITIVE_INFINITY;
    let before = { waiting: Number.POSITIVE_INFINITY, floor: 0 };
    const { stuckAfterMs } = this.options;
    for (let stuckAt = Date.now() + stuckAfterMs; Date.now() < stuckAt; await delay(LOOK_AGAIN_MS)) {
      const now = await this.#look();
      const waiting = now.num_pending + now.num_ack_pending;
      const floor = now.ack_floor.consumer_seq;
      // A slow event holds the ack floor while later ones are handled.
      left = Math.max(0, Math.min(last - floor, waiting));
      if (left === 0) return 0;
      if (waiting < before.waiting || floor > before.floor) stuckAt = Date.now() + stuckAfterMs;
      before = { waiting, floor };
      progress(left);
    }
    return left;
  }

  async #look(): Promise<ConsumerInfo> {
    const question = `$JS.API.CONSUMER.INFO.${eventStream.name}.workflows`;
    const reply = await this.nats.request(question, '', { timeout: ANSWER_WITHIN_MS });
    const answer = reply.json<ConsumerInfo & { error?: { description: string } }>();
    if (answer.error !== undefined)
      throw new Error(`The consumer of the workflows cannot be read: ${answer.error.description}.`);
    return answer;
  }
}

/**
 * JetStream's state of a consumer: how many events wait, how many are being handled, how many were delivered, and up to
 * which one all are handled.
 */
interface ConsumerInfo {
  num_pending: number;
  num_ack_pending: number;
  delivered: { consumer_seq: number };
  ack_floor: { consumer_seq: number };
}
