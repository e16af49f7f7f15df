import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { Loop } from '@tenure/platform';
import { FactsOfNotices, isOutOfReach } from '../sending/facts.js';
import { Sender } from '../sending/sender.js';
import { RetriesService } from './retries.service.js';
import { UnreachedService } from './unreached.service.js';

/** How long one may wait when nothing wakes us: it was found by another process, or accounts could not be asked. */
const IDLE_MS = 2_000;

/**
 * Sees to it that somebody is told when everybody's e-mail has failed or come back: the fallback address, else Customer
 * Success; and that what came back for what passes is tried once more. What is to be done is stored with the report, so
 * that it is done whatever ends in between.
 */
@Injectable()
export class Unreached implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger(Unreached.name);
  readonly #loop = new Loop(() => this.#turn());

  constructor(
    private readonly unreached: UnreachedService,
    private readonly retries: RetriesService,
    private readonly facts: FactsOfNotices,
    private readonly sender: Sender,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  /** Something was reported. */
  wake(): void {
    this.#loop.wake();
  }

  async #turn(): Promise<number> {
    await this.#retry().catch((error: unknown) => this.#log.error(error));
    await this.#seeTo().catch((error: unknown) => this.#log.error(error));
    return IDLE_MS;
  }

  async #retry(): Promise<void> {
    if (await this.retries.planDue()) this.sender.wake();
  }

  async #seeTo(): Promise<void> {
    const notices = await this.unreached.take();
    if (notices.length === 0) return;
    const asked = await this.facts.ask(notices, { toWrite: false });
    for (const notice of notices) {
      const facts = asked.get(notice.noticeId)!;
      if (facts instanceof DomainError && isOutOfReach(facts)) {
        // Until its lease ends.
        this.#log.warn(`${notice.key} waits: ${facts.message}`);
        continue;
      }
      if (facts instanceof DomainError) this.#log.error(`Who else is told of ${notice.key}: ${facts.message}`);
      if (await this.unreached.reach(notice, facts)) this.sender.wake();
    }
  }
}
