import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { crashPoint } from '@tenure/platform';
import { SenderSettings } from '../configuration.js';
import { outcomeOf, type Outcome } from '../domain/attempt.js';
import { Pace } from '../domain/pace.js';
import { fallbackOf, recipientsOf } from '../domain/recipients.js';
import { tagsOf } from '../domain/tags.js';
import { renderEmail } from '../emails/render-email.js';
import { wordsFrom } from '../texts/words.js';
import { ClaimLost, type Claim, type ClaimedWork } from './claim.js';
import { Dispatches, type Counted, type Draft, type Progress } from './dispatches.service.js';
import { FactsOfNotices, isOutOfReach, type Facts } from './facts.js';
import type { PlannedDelivery } from './planned-delivery.js';
import { Provider } from './provider.js';

/** How long a notice may wait when nothing wakes the sender: it was stored by another instance, or its back-off ended. */
const IDLE_MS = 1_000;
/** A turn that is further away is not waited for with a notice in hand. */
const LONGEST_TURN_MS = 2_000;
/** For how long what was asked to fix the recipients also counts as the check before the first e-mail. */
const FRESH_MS = 500;

/**
 * Sends what is stored (6-reliability). Any number of instances may work at once, and each may end at any point: what it
 * had in hand is taken over by another when its lease ends, and is sent once.
 */
@Injectable()
export class Sender implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger(Sender.name);
  readonly #pace = new Pace();
  readonly #working = new Set<Promise<void>>();
  #running: Promise<void> | undefined;
  #stopping = false;
  #woken = false;
  #wake: (() => void) | undefined;

  constructor(
    private readonly dispatches: Dispatches,
    private readonly facts: FactsOfNotices,
    private readonly provider: Provider,
    private readonly settings: SenderSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.#run();
  }

  /** Finishes what is in hand. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#running;
    await Promise.all(this.#working);
  }

  /** A notice was stored. */
  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      this.#woken = false;
      for (const claimed of await this.#claim()) this.#start(claimed);
      if (this.#working.size >= this.settings.atOnce) await Promise.race(this.#working);
      else await this.#pause(IDLE_MS);
    }
  }

  /** As many as may be worked on besides those in hand. None when there is nothing to do, or nobody may send now. */
  async #claim(): Promise<ClaimedWork[]> {
    if (this.#pace.wait(Date.now()) > LONGEST_TURN_MS) return [];
    try {
      return await this.dispatches.claim(this.settings.atOnce - this.#working.size);
    } catch (error) {
      this.#log.error(error);
      return [];
    }
  }

  /** Works on a notice beside others. */
  #start(claimed: ClaimedWork): void {
    crashPoint('sender.claimed');
    const work = this.#work(claimed).finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #work(claimed: ClaimedWork): Promise<void> {
    const { claim } = claimed;
    try {
      const ended = await this.#send(claimed);
      if (!ended) await this.dispatches.postpone(claim, null);
    } catch (error) {
      await this.#giveBack(claim, error).catch((failure: unknown) => this.#log.error(failure));
    }
  }

  async #giveBack(claim: Claim, error: unknown): Promise<void> {
    if (error instanceof ClaimLost) return this.#log.warn(error.message);
    if (error instanceof DomainError && !isOutOfReach(error)) {
      this.#log.error(`The notice ${claim.notice.key} cannot be sent: ${error.message}`);
      return this.dispatches.abandon(claim, 'failed', error.code);
    }
    if (!(error instanceof LaterError || error instanceof DomainError)) this.#log.error(error);
    const seconds = await this.dispatches.postpone(claim, error instanceof LaterError ? error.seconds : null);
    const why = error instanceof Error ? error.message : String(error);
    this.#log.warn(`The notice ${claim.notice.key} waits ${seconds.toFixed(1)} s: ${why}`);
  }

  /** Makes each delivery that is still planned, one after the other. Says whether nothing is left to be done. */
  async #send({ claim, planned }: ClaimedWork): Promise<boolean> {
    let facts = planned === null ? await this.facts.ask(claim.notice) : null;
    const left = planned ?? (await this.#fix(claim, facts!));
    let ended = left.length === 0;
    for (let next = left.shift(); next !== undefined && !ended; next = left.shift()) {
      await this.#turn();
      if (facts === null || performance.now() - facts.askedAt > FRESH_MS) facts = await this.facts.ask(claim.notice);
      const progress = await this.#deliver(claim, next, facts);
      facts = null; // Each e-mail is checked for itself.
      ended = progress.ended;
      left.push(...progress.added);
    }
    return ended;
  }

  /** Fixes the recipients. Without any the notice has ended. */
  async #fix(claim: Claim, { told, untrue }: Facts): Promise<PlannedDelivery[]> {
    if (untrue !== null) {
      await this.dispatches.abandon(claim, 'skipped', untrue);
      return [];
    }
    const fixed = await this.dispatches.fixDeliveries(claim, recipientsOf(told));
    crashPoint('sender.fixed');
    return fixed;
  }

  /** One attempt of one delivery. @param facts as they were shortly before */
  async #deliver(claim: Claim, delivery: PlannedDelivery, facts: Facts): Promise<Progress> {
    if (facts.untrue !== null) {
      await this.dispatches.abandon(claim, 'skipped', facts.untrue);
      return { ended: true, added: [] };
    }
    const counted = await this.#count(claim, delivery, facts);
    if (counted.dispatch === null) return counted.progress;
    crashPoint('sender.dispatched');
    const { answer, limit } = await this.provider.send(counted.dispatch);
    crashPoint('sender.sent');
    this.#pace.learn({ limit, retryAfterSeconds: answer.retryAfterSeconds }, Date.now());
    const outcome = outcomeOf(answer);
    const fallback = fallbackOf(facts.told);
    const progress = await this.dispatches.settle(claim, delivery, counted.dispatch, { outcome, fallback });
    crashPoint('sender.settled');
    stopIfNobodyTakes(outcome);
    return progress;
  }

  /** Stores the attempt before it is made: a new dispatch, or one more of the same. */
  async #count(claim: Claim, delivery: PlannedDelivery, facts: Facts): Promise<Counted> {
    const { open } = delivery;
    if (open !== null) return this.dispatches.repeat(claim, { ...delivery, open });
    const draft = (fromOwnDomain: boolean) => this.#draft(claim, delivery, facts, fromOwnDomain);
    const dispatch = await this.dispatches.begin(claim, delivery, draft, {
      emailDomain: facts.told.account?.emailDomain ?? null,
      accountNow: facts.plan && new Date(facts.plan.now),
    });
    return { dispatch };
  }

  #draft(
    { notice }: Claim,
    delivery: PlannedDelivery,
    { told, plan, namedLicense }: Facts,
    fromOwnDomain: boolean,
  ): Draft {
    const { email, name, language, deliveryId } = delivery;
    const rendered = renderEmail({
      notice,
      language,
      recipientName: name,
      words: wordsFrom(told, plan, namedLicense),
      publicUrl: this.settings.publicUrl,
      fromOwnDomain,
    });
    return { to: [email], ...rendered, tags: tagsOf({ ...notice, deliveryId }) };
  }

  /** Waits for one's turn at the provider. */
  async #turn(): Promise<void> {
    const now = Date.now();
    const ahead = this.#pace.wait(now);
    if (ahead > LONGEST_TURN_MS) throw new LaterError('the provider asked to be left alone', ahead / 1000);
    await delay(this.#pace.takeTurn(now));
  }

  async #pause(milliseconds: number): Promise<void> {
    if (this.#woken || this.#stopping) return;
    const timer = new AbortController();
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    await Promise.race([woken, delay(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
    this.#wake = undefined;
  }
}

/** Nothing is wrong with the notice: it is taken again after its back-off, or `seconds` if that is longer. */
class LaterError extends Error {
  constructor(
    why: string,
    readonly seconds: number | null,
  ) {
    super(why);
    this.name = 'LaterError';
  }
}

/** No connection, or too many requests: the next recipient's e-mail would not be taken either. */
function stopIfNobodyTakes(outcome: Outcome): void {
  if (outcome.kind === 'not_taken') throw new LaterError(outcome.reason, outcome.retryAfterSeconds);
}
