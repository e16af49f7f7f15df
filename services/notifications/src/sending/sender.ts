import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { crashPoint, Loop, toProblem } from '@tenure/platform';
import { Settings } from '../settings.js';
import { outcomeOf } from '../domain/attempt.js';
import { whyNotRepeated } from '../domain/still-true.js';
import { ClaimLost, type Claim, type ClaimedDispatch, type ClaimedNotices } from './claim.js';
import { Dispatches, type Attempted, type Claimed } from './dispatches.js';
import { FactsOfNotices, isUnreachable, type Asked } from './facts.js';
import { insteadOf, Letters, type Written } from './letters.js';
import { noticesOf, type OpenDispatch } from './open-dispatch.js';
import { Provider } from './provider.js';

/**
 * How long a notice may wait when nothing wakes the sender: because another instance stored it, or its backoff ended.
 */
const IDLE_MS = 1_000;
/**
 * How long to wait after the last due notice has been claimed before looking again. A single notice goes out
 * immediately; notices stored soon after it are batched: each batch costs four transactions, two questions and one
 * request, whatever its size (ADR 16).
 */
const APART_MS = 500;
/**
 * Notices per batch: as many as one message may ask about, and as many e-mails as the provider accepts in one request.
 */
const MOST_NOTICES = 100;

const nothing: Claimed = { fresh: null, repeated: null, nextTurnMs: 0 };

/**
 * Sends stored notices, batching all that are due into one request. Any number of instances can run at once, and each
 * may crash at any point: when its lease expires, another instance takes over its notices, and each e-mail is sent
 * once.
 */
@Injectable()
export class Sender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger(Sender.name);
  readonly #working = new Set<Promise<void>>();
  #most = MOST_NOTICES;
  /** All turns at the provider are in use. */
  #waitsForTurn = false;
  readonly #loop = new Loop(() => this.#turn());

  constructor(
    private readonly dispatches: Dispatches,
    private readonly facts: FactsOfNotices,
    private readonly letters: Letters,
    private readonly provider: Provider,
    private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  /** Finishes the batches in progress. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
    await Promise.all(this.#working);
  }

  /** Something may be due: a notice was released, or a turn is free again. */
  wake(): void {
    this.#loop.wake();
  }

  /** A notice was stored. While all turns are in use, does not check: thousands of notices may arrive in a minute. */
  stored(): void {
    if (!this.#waitsForTurn) this.wake();
  }

  async #turn(): Promise<number> {
    const { fresh, repeated, nextTurnMs } = await this.#claim();
    this.#waitsForTurn = nextTurnMs > 0;
    if (repeated !== null) this.#start(repeated, this.#repeat(repeated));
    if (fresh !== null) this.#start(fresh, this.#send(fresh));
    if (this.#working.size >= this.settings.atOnce) {
      await Promise.race(this.#working);
      return 0;
    }
    if (repeated !== null || fresh !== null) return 0;
    if (nextTurnMs > 0) return Math.min(nextTurnMs, IDLE_MS);
    await this.#loop.pause(IDLE_MS, APART_MS);
    return 0;
  }

  async #claim(): Promise<Claimed> {
    try {
      return await this.dispatches.claim(this.#most);
    } catch (error) {
      this.#log.error(error);
      return nothing;
    }
  }

  /** Works on the claim without blocking the loop. */
  #start(claimed: ClaimedNotices | ClaimedDispatch, sending: Promise<void>): void {
    const work = sending
      .catch((error: unknown) => this.#giveBack(claimed, error))
      .catch((error: unknown) => this.#log.error(error))
      .finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #giveBack(claimed: ClaimedNotices | ClaimedDispatch, error: unknown): Promise<void> {
    if (error instanceof ClaimLost) return this.#log.warn(error.message);
    this.#log.error(error);
    // The error may be caused by a single notice, unless the database or NATS is unreachable; and it may have come after
    // the request.
    const isOfOne = 'notices' in claimed && claimed.notices.length > 1 && toProblem(error).code === 'internal';
    await this.dispatches.postpone(claimed, { alone: isOfOne, sent: true });
  }

  /** Writes and sends the e-mails of new notices. */
  async #send(claimed: ClaimedNotices): Promise<void> {
    crashPoint('sender.claimed');
    const asked = await this.facts.ask(
      claimed.notices.map(({ notice }) => notice),
      { toWrite: true },
    );
    crashPoint('sender.asked');
    const written = await this.letters.write(claimed.notices, asked);
    for (const { notice, why } of written.later) this.#log.warn(`The notice ${notice.key} waits: ${why}`);
    const dispatch = await this.dispatches.begin(claimed, written);
    const instead = new Map(written.letters.map((letter) => [letter.notice.noticeId, letter.instead]));
    if (dispatch !== null) await this.#handOver(claimed.claim, dispatch, instead);
    this.#adapt(written);
    if (written.next.length > 0) this.wake();
  }

  /** Repeats a dispatch that the provider may have accepted, exactly as it is stored. */
  async #repeat(claimed: ClaimedDispatch): Promise<void> {
    if (claimed.dispatch.isReported) return this.dispatches.end(claimed);
    const notices = noticesOf(claimed.dispatch);
    const asked = await this.facts.ask(notices, { toWrite: false });
    const why = new Map<string, string>();
    for (const { noticeId, key } of notices) {
      const facts = asked.get(noticeId)!;
      if (facts instanceof DomainError && isUnreachable(facts)) {
        this.#log.warn(`The dispatch of the notice ${key} waits: ${facts.message}`);
        return this.dispatches.postpone(claimed, { alone: false, sent: false });
      }
      const untrue = facts instanceof DomainError ? facts.code : whyNotRepeated(facts.untrue);
      if (untrue !== null) why.set(noticeId, untrue);
    }
    if (why.size > 0) return this.dispatches.end(claimed, why);
    const dispatch = await this.dispatches.repeat(claimed);
    if (dispatch !== null) await this.#handOver(claimed.claim, dispatch, fallbacksFrom(asked));
  }

  /** Makes one attempt and stores its outcome. */
  async #handOver(claim: Claim, dispatch: OpenDispatch, instead: Attempted['instead']): Promise<void> {
    crashPoint('sender.dispatched');
    const { answer, said } = await this.provider.send(dispatch);
    crashPoint('sender.sent');
    const outcome = outcomeOf(answer);
    const hasMore = await this.dispatches.settle(claim, dispatch, { outcome, said, instead });
    crashPoint('sender.settled');
    if (hasMore) this.wake();
  }

  /** Adapts the batch size to the notices that fit: how many recipients a notice has is known only after asking. */
  #adapt({ letters, next }: Written): void {
    this.#most = next.length > 0 ? Math.max(1, letters.length) : Math.min(MOST_NOTICES, Math.ceil(this.#most * 1.1));
  }
}

function fallbacksFrom(asked: ReadonlyMap<string, Asked>): Attempted['instead'] {
  return new Map(
    [...asked].map(([noticeId, facts]) => [noticeId, facts instanceof DomainError ? [] : insteadOf([], facts.told)]),
  );
}
