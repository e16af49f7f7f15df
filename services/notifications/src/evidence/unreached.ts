import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { Database, Loop } from '@tenure/platform';
import type { ClaimedNotice } from '../sending/claimed-notice.js';
import { FactsOfNotices, isUnreachable, type Asked } from '../sending/facts.js';
import { Sender } from '../sending/sender.js';
import { planDueRetries } from './due-retries.js';
import { UnreachedService } from './unreached.service.js';

/**
 * How long a notice may wait when nothing wakes this loop: because another process found it, or accounts was
 * unreachable.
 */
const IDLE_MS = 2_000;

/**
 * Makes sure that somebody is notified when everybody's e-mail has failed or bounced: the fallback address, or else
 * Customer Success; and that e-mails that bounced for a temporary reason are retried. The work to do is stored with the
 * report, so that it survives a crash.
 */
@Injectable()
export class Unreached implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger(Unreached.name);
  readonly #loop = new Loop(() => this.#turn());

  constructor(
    private readonly database: Database,
    private readonly unreached: UnreachedService,
    private readonly facts: FactsOfNotices,
    private readonly sender: Sender,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  /** A report arrived. */
  wake(): void {
    this.#loop.wake();
  }

  async #turn(): Promise<number> {
    await this.#retry().catch((error: unknown) => this.#log.error(error));
    await this.#reachOthers().catch((error: unknown) => this.#log.error(error));
    return IDLE_MS;
  }

  async #retry(): Promise<void> {
    if (await this.database.asService(planDueRetries)) this.sender.wake();
  }

  async #reachOthers(): Promise<void> {
    const notices = await this.unreached.take();
    if (notices.length === 0) return;
    const asked = await this.facts.ask(notices, { toWrite: false });
    // One that cannot be handled does not affect the others. It is retried when its lease expires.
    for (const notice of notices)
      await this.#reachOther(notice, asked.get(notice.noticeId)!).catch((error: unknown) => this.#log.error(error));
  }

  async #reachOther(notice: ClaimedNotice, facts: Asked): Promise<void> {
    if (facts instanceof DomainError && isUnreachable(facts))
      return this.#log.warn(`Checking who received the notice ${notice.key} has to wait: ${facts.message}`);
    if (facts instanceof DomainError)
      this.#log.error(`Cannot determine who else to notify of ${notice.key}: ${facts.message}`);
    if (await this.unreached.reach(notice, facts)) this.sender.wake();
  }
}
