import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { Database, Loop, queryRows } from '@tenure/platform';
import { DomainLooks } from './domain-looks.js';
import { giveUp, lookEnds, type Own } from './domain-rows.js';

/**
 * How long a domain may wait that is due, and how long after a look the next one comes: what the provider is asked about
 * domains counts with the e-mails, which are not to wait for thousands of domains.
 */
const PAUSE_MS = 1_000;

/**
 * Looks at each domain when it is due. Any number of instances may: who takes a domain puts its next look off, so that
 * the others pass it over, and one that ended in the middle of it is followed by another.
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
    await this.#lookAtNext().catch((error: unknown) => this.#log.error(error));
    return PAUSE_MS;
  }

  async #lookAtNext(): Promise<void> {
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
      this.#log.warn(`The domain ${own.domain} cannot be set up: ${error instanceof Error ? error.message : ''}`);
      await this.database.asService((em) => giveUp(em, own));
    }
  }

  /** It is tried again. */
  readonly #unlessRefused = (error: unknown): void => {
    if (!(error instanceof DomainError && error.code === 'unavailable')) this.#log.warn(error);
  };
}

type Due = { domain: string; organizationId: string | null };

/** The domain, or else the leftover, that has waited longest; its next look is put off. */
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
