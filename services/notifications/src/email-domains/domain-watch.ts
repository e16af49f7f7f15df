import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@tenure/contracts';
import { Database, Loop, queryRows } from '@tenure/platform';
import { uuidv7 } from 'uuidv7';
import { endTurn, freeTurn, secondsOfTurn, takenTurn } from '../sending/turns.js';
import { Settings } from '../settings.js';
import { cannotBeSetUp, DomainLooks } from './domain-looks.js';
import { lookEnds, type Own } from './domain-rows.js';
import { giveUp } from './domain-state.js';

/**
 * How long a due domain may wait, and the pause between two checks: each takes a turn at the provider, and e-mails must
 * not wait for thousands of domains.
 */
const PAUSE_MS = 1_000;

/**
 * Checks each domain when it is due. Any number of instances can run: whoever takes a domain postpones its next check,
 * so that the others skip it, and if that instance crashes, another one follows.
 */
@Injectable()
export class DomainWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger(DomainWatch.name);
  readonly #loop = new Loop(() => this.#checkNext());

  constructor(
    private readonly database: Database,
    private readonly looks: DomainLooks,
    private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  async #checkNext(): Promise<number> {
    const log = (error: unknown) => this.#log.error(error);
    await this.#inTurn<Own>(takeDueDomain, (own) => this.#look(own)).catch(log);
    await this.#inTurn<string>(takeDueLeftover, (domain) => this.#removeLeftovers(domain)).catch(log);
    return PAUSE_MS;
  }

  /** Works on what has waited longest, if anything is due and a turn at the provider is free. */
  async #inTurn<Due>(take: string, work: (due: Due) => Promise<void>): Promise<void> {
    const claimId = uuidv7();
    const [taken] = await this.database.asService((em) =>
      queryRows<{ turn: number; due: Due }>(em, take, [claimId, secondsOfTurn(this.settings)]),
    );
    if (taken === undefined) return;
    try {
      await work(taken.due);
    } finally {
      await this.database.asService((em) => endTurn(em, { turn: taken.turn, claimId }, null));
    }
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

  /** What the provider refuses is retried. */
  async #removeLeftovers(domain: string): Promise<void> {
    try {
      await this.looks.removeLeftovers(domain);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'unavailable')) this.#log.warn(error);
    }
  }
}

/** Takes the domain that has waited longest, with a turn, and postpones its next check. */
const takeDueDomain = `
  with ${freeTurn},
  due as materialized (
    select domain from notifications.email_domains
    where added_at is not null and look_at <= now() and exists (select from turn)
    order by look_at limit 1 for update skip locked),
  ${takenTurn}
  update notifications.email_domains d set look_at = ${lookEnds} from due where d.domain = due.domain
  returning (select turn from taken) as turn,
    jsonb_build_object('domain', d.domain, 'organizationId', d.organization_id) as due`;

/** The same for what the provider still has of a domain that nobody owns anymore. */
const takeDueLeftover = `
  with ${freeTurn},
  due as materialized (
    select provider_id from notifications.email_domain_leftovers where look_at <= now() and exists (select from turn)
    order by look_at limit 1 for update skip locked),
  ${takenTurn}
  update notifications.email_domain_leftovers l set look_at = ${lookEnds} from due where l.provider_id = due.provider_id
  returning (select turn from taken) as turn, l.domain as due`;
