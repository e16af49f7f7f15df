import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { Database, Loop, queryRows } from '@tenure/platform';
import { cannotBeSetUp, DomainLooks } from './domain-looks.js';
import { lookEnds, type Own } from './domain-rows.js';
import { giveUp } from './domain-state.js';

/**
 * How long a due domain may wait, and the pause between two checks: requests about domains count against the same rate
 * limit as e-mails, which must not wait for thousands of domains.
 */
const PAUSE_MS = 1_000;

/**
 * Checks each domain when it is due. Any number of instances can run: whoever takes a domain postpones its next check,
 * so that the others skip it, and if that instance crashes, another one follows.
 */
@Injectable()
export class DomainWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger(DomainWatch.name);
  readonly #loop = new Loop(() => this.#turn());

  constructor(
    private readonly database: Database,
    private readonly looks: DomainLooks,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  async #turn(): Promise<number> {
    await this.#checkNext().catch((error: unknown) => this.#log.error(error));
    await this.#removeNext().catch((error: unknown) => this.#log.error(error));
    return PAUSE_MS;
  }

  async #checkNext(): Promise<void> {
    const own = await this.database.asService(takeDueDomain);
    if (own !== undefined) await this.#look(own);
  }

  async #removeNext(): Promise<void> {
    const leftover = await this.database.asService(takeDueLeftover);
    if (leftover !== undefined) await this.looks.removeLeftovers(leftover.domain).catch(this.#unlessRefused);
  }

  async #look(own: Own): Promise<void> {
    try {
      await this.looks.look(own);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'unavailable') return;
      if (!cannotBeSetUp(error)) throw error;
      this.#log.warn(`The domain ${own.domain} cannot be set up: ${(error as Error).message}`);
      await this.database.asService((em) => giveUp(em, own));
    }
  }

  /** It is retried. */
  readonly #unlessRefused = (error: unknown): void => {
    if (!(error instanceof DomainError && error.code === 'unavailable')) this.#log.warn(error);
  };
}

/** Takes the domain that has waited longest, and postpones its next check. */
async function takeDueDomain(em: EntityManager): Promise<Own | undefined> {
  const [due] = await queryRows<Own>(
    em,
    `update notifications.email_domains set look_at = ${lookEnds} where domain = (
       select domain from notifications.email_domains where added_at is not null and look_at <= now()
       order by look_at limit 1 for update skip locked)
     returning domain, organization_id as "organizationId"`,
  );
  return due;
}

/** The same for what the provider still has of a domain that nobody owns anymore. */
async function takeDueLeftover(em: EntityManager): Promise<Pick<Own, 'domain'> | undefined> {
  const [due] = await queryRows<Pick<Own, 'domain'>>(
    em,
    `update notifications.email_domain_leftovers set look_at = ${lookEnds} where provider_id = (
       select provider_id from notifications.email_domain_leftovers where look_at <= now()
       order by look_at limit 1 for update skip locked)
     returning domain`,
  );
  return due;
}
