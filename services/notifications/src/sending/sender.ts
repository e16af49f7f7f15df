import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { crashPoint, Loop } from '@tenure/platform';
import { Settings } from '../settings.js';
import { outcomeOf } from '../domain/attempt.js';
import { whyNotRepeated } from '../domain/still-true.js';
import { ClaimLost, type Claim, type ClaimedDispatch, type ClaimedNotices } from './claim.js';
import { Dispatches, type Attempted, type Claimed } from './dispatches.js';
import { FactsOfNotices, isOutOfReach, type Asked } from './facts.js';
import { insteadOf, Letters, type Written } from './letters.js';
import { noticesOf, type OpenDispatch } from './open-dispatch.js';
import { Provider } from './provider.js';

/** How long a notice may wait when nothing wakes the sender: it was stored by another instance, or its back-off ended. */
const IDLE_MS = 1_000;
/**
 * From when nothing was left to be taken to the next look. By itself, a notice goes at once; what is stored soon after goes
 * together: each group has five transactions, two questions and a request, whatever is in it (ADR 16).
 */
const APART_MS = 500;
/** So many notices at once: as many as one message may ask about, and the provider takes e-mails in one request. */
const MOST_NOTICES = 100;

const nothing: Claimed = { fresh: null, repeated: null, nextTurnMs: 0 };

/**
 * Sends what is stored: whatever is due goes together, in one request. Any number of instances may work
 * at once, and each may end at any point: what it had in hand is taken over by another when its lease ends, and is sent
 * once.
 */
@Injectable()
export class Sender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger(Sender.name);
  readonly #working = new Set<Promise<void>>();
  #most = MOST_NOTICES;
  /** All turns at the provider are taken. */
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

  /** Finishes what is in hand. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
    await Promise.all(this.#working);
  }

  /** Something may be due: a notice was given back, or a turn has ended. */
  wake(): void {
    this.#loop.wake();
  }

  /** A notice was stored. While there is no turn for it, nothing is asked: a minute has thousands of them. */
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

  /** Works on what was claimed beside others. */
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
    // Whatever it was, it may be the fault of one, and it may have come after the request.
    await this.dispatches.postpone(claimed, { alone: 'notices' in claimed && claimed.notices.length > 1, sent: true });
  }

  /** Notices whose e-mails are written now. */
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

  /** A dispatch that may have been taken, as it is stored. */
  async #repeat(claimed: ClaimedDispatch): Promise<void> {
    if (claimed.dispatch.isReported) return this.dispatches.end(claimed);
    const notices = noticesOf(claimed.dispatch);
    const asked = await this.facts.ask(notices, { toWrite: false });
    const why = new Map<string, string>();
    for (const { noticeId, key } of notices) {
      const facts = asked.get(noticeId)!;
      if (facts instanceof DomainError && isOutOfReach(facts)) {
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

  /** One attempt, which is stored. */
  async #handOver(claim: Claim, dispatch: OpenDispatch, instead: Attempted['instead']): Promise<void> {
    crashPoint('sender.dispatched');
    const { answer, limit } = await this.provider.send(dispatch);
    crashPoint('sender.sent');
    const outcome = outcomeOf(answer);
    const said = { limit, retryAfterSeconds: answer.retryAfterSeconds };
    const goesOn = await this.dispatches.settle(claim, dispatch, { outcome, said, instead });
    crashPoint('sender.settled');
    if (goesOn) this.wake();
  }

  /** Takes no more notices than have room: how many recipients one has is known only when that is asked. */
  #adapt({ letters, next }: Written): void {
    this.#most = next.length > 0 ? Math.max(1, letters.length) : Math.min(MOST_NOTICES, Math.ceil(this.#most * 1.1));
  }
}

function fallbacksFrom(asked: ReadonlyMap<string, Asked>): Attempted['instead'] {
  return new Map(
    [...asked].map(([noticeId, facts]) => [noticeId, facts instanceof DomainError ? [] : insteadOf([], facts.told)]),
  );
}
