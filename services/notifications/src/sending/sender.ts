import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { crashPoint } from '@tenure/platform';
import { SenderSettings } from '../configuration.js';
import { outcomeOf, type Outcome } from '../domain/attempt.js';
import { Pace } from '../domain/pace.js';
import { fallbackOf, recipientsOf } from '../domain/recipients.js';
import { tagsOf } from '../domain/tags.js';
import { linkOf } from '../emails/link.js';
import { renderEmail } from '../emails/render-email.js';
import { wordsFrom } from '../texts/words.js';
import { ClaimLost, type Claim } from './claim.js';
import { Dispatches, type Draft, type PlannedDelivery } from './dispatches.service.js';
import { FactsOfNotices, isOutOfReach, type Facts } from './facts.js';
import { Provider } from './provider.js';

/** How long a notice may wait when nothing wakes the sender: it was stored by another instance, or its back-off ended. */
const IDLE_MS = 1_000;
/** A turn that is further away is not waited for with a notice in hand. */
const LONGEST_TURN_MS = 2_000;

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
      const claim = await this.#claim();
      if (claim === null) await this.#pause(IDLE_MS);
      else await this.#start(claim);
    }
  }

  /** Null when there is nothing to do, or nobody may send now. */
  async #claim(): Promise<Claim | null> {
    if (this.#pace.wait(Date.now()) > LONGEST_TURN_MS) return null;
    try {
      return await this.dispatches.claim();
    } catch (error) {
      this.#log.error(error);
      return null;
    }
  }

  /** Works on a notice beside others; waits while there are as many as allowed. */
  async #start(claim: Claim): Promise<void> {
    crashPoint('sender.claimed');
    const work = this.#work(claim).finally(() => this.#working.delete(work));
    this.#working.add(work);
    if (this.#working.size >= this.settings.atOnce) await Promise.race(this.#working);
  }

  async #work(claim: Claim): Promise<void> {
    try {
      const done = await this.#send(claim);
      if (!done) await this.dispatches.postpone(claim, null);
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

  /** Makes each delivery that is still planned, one after the other. Says whether none is left. */
  async #send(claim: Claim): Promise<boolean> {
    if ((await this.dispatches.planned(claim)) === null && !(await this.#fix(claim))) return true;
    const tried = new Set<string>();
    for (;;) {
      const planned = (await this.dispatches.planned(claim)) ?? [];
      const next = planned.find(({ delivery }) => !tried.has(delivery.deliveryId));
      if (next === undefined) return planned.length === 0;
      tried.add(next.delivery.deliveryId);
      await this.#turn();
      if (!(await this.#deliver(claim, next))) return true;
    }
  }

  /** Fixes the recipients. False when that was the notice's end. */
  async #fix(claim: Claim): Promise<boolean> {
    const { told, untrue } = await this.facts.ask(claim.notice);
    if (untrue !== null) {
      await this.dispatches.abandon(claim, 'skipped', untrue);
      return false;
    }
    const recipients = recipientsOf(told);
    await this.dispatches.fixDeliveries(claim, recipients);
    crashPoint('sender.fixed');
    return recipients.length > 0;
  }

  /** One attempt of one delivery, checked shortly before. False when the notice has come to its end without it. */
  async #deliver(claim: Claim, { delivery, open }: PlannedDelivery): Promise<boolean> {
    const facts = await this.facts.ask(claim.notice);
    if (facts.untrue !== null) {
      await this.dispatches.abandon(claim, 'skipped', facts.untrue);
      return false;
    }
    const dispatch =
      open === null
        ? await this.dispatches.begin(claim, delivery, await this.#draft(claim, { delivery, open }, facts), {
            emailDomain: facts.told.account?.emailDomain ?? null,
            accountNow: facts.plan && new Date(facts.plan.now),
          })
        : await this.dispatches.repeat(claim, { open });
    if (dispatch === null) return true;
    crashPoint('sender.dispatched');
    const { answer, limit } = await this.provider.send(dispatch);
    crashPoint('sender.sent');
    this.#pace.learn({ limit, retryAfterSeconds: answer.retryAfterSeconds }, Date.now());
    const outcome = outcomeOf(answer);
    await this.dispatches.settle(claim, dispatch, outcome, fallbackOf(facts.told));
    crashPoint('sender.settled');
    stopIfNobodyTakes(outcome);
    return true;
  }

  async #draft({ notice }: Claim, { delivery }: PlannedDelivery, { told, plan }: Facts): Promise<Draft> {
    const { kind } = notice;
    const { email, name, language, deliveryId } = delivery;
    const rendered = await renderEmail({
      kind,
      language,
      recipientName: name,
      words: wordsFrom(told, plan),
      link: linkOf(this.settings.publicUrl, notice),
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
