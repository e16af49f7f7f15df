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
    return PAUSE_MS;
  }

  async #checkNext(): Promise<void> {
    const due = await this.database.asService(takeDue);
    if (due === undefined) return;
    if (due.organizationId === null) await this.looks.removeLeftovers(due.domain).catch(this.#unlessRefused);
    else await this.#look({ domain: due.domain, organizationId: due.organizationId });
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

type Due = { domain: string; organizationId: string | null };

/** Takes the domain, or else the leftover, that has waited longest, and postpones its next check. */
async function takeDue(em: Parameters<typeof queryRows>[0]): Promise<Due | undefined> {
  const [domain] = await queryRows<Due>(
    em,
    `update notifications.email_domains set look_at = ${lookEnds} where domain = (
       select domain from notifications.email_domains where added_at is not null and look_at <= now()
       order by look_at limit 1 for update skip locked)
     returning domain, organization_id as "organizationId"`,
  );
  if (domain !== undefined) return domain;
  const [leftover] = await queryRows<Due>(
    em,
    `update notifications.email_domain_leftovers set look_at = ${lookEnds} where provider_id = (
       select provider_id from notifications.email_domain_leftovers where look_at <= now()
       order by look_at limit 1 for update skip locked)
     returning domain, null as "organizationId"`,
  );
  return leftover;
}
