import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Loop, queryRows } from '@tenure/platform';
import { Settings } from '../settings.js';
import { lockTurns } from './turns.js';

const PAUSE_MS = 60_000;
/** Longer than the longest lease, and than an hour's pause with its quarter (`backOffSeconds`). */
const NOTHING_WAITS = `interval '90 minutes'`;

/**
 * When the database's clock was ahead and is set back, what was stored meanwhile would wait until the clock is there
 * again: turns at the provider, so that nothing is sent; notices; and the check whether a notice has reached anybody. A
 * dispatch would be repeated only after the provider has forgotten its key, as a second e-mail. Whatever waits for longer
 * than anything does is therefore due now, after a lease for those who may still work on it.
 */
@Injectable()
export class ClockSetBack implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger(ClockSetBack.name);
  readonly #loop = new Loop(() => this.#turn());

  constructor(
    private readonly database: Database,
    private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  async #turn(): Promise<number> {
    try {
      if (await this.database.asService(waitsTooLong)) {
        await this.database.asService((em) => makeDue(em, this.settings.leaseSeconds));
        this.#log.error({ message: "The database's clock was set back. What waited for it is due now.", alert: true });
      }
    } catch (error) {
      this.#log.error(error);
    }
    return PAUSE_MS;
  }
}

async function waitsTooLong(em: EntityManager): Promise<boolean> {
  const [row] = await queryRows<{ found: boolean }>(
    em,
    `select exists (select from notifications.turns where free_at > now() + ${NOTHING_WAITS})
       or exists (select from notifications.dispatches where ended_at is null and attempt_at > now() + ${NOTHING_WAITS})
       or exists (select from notifications.notices where status = 'planned'
         and greatest(attempt_at, claimed_until) > now() + ${NOTHING_WAITS})
       or exists (select from notifications.notices where reach_at > now() + ${NOTHING_WAITS}) as found`,
  );
  return row!.found;
}

async function makeDue(em: EntityManager, leaseSeconds: number): Promise<void> {
  await lockTurns(em);
  for (const update of [
    `turns set free_at = now() + make_interval(secs => ?) where free_at > now() + ${NOTHING_WAITS}`,
    `dispatches set attempt_at = now() + make_interval(secs => ?)
     where ended_at is null and attempt_at > now() + ${NOTHING_WAITS}`,
    `notices set attempt_at = least(attempt_at, now()),
       claimed_until = case when claimed_until > now() then now() + make_interval(secs => ?) end
     where status = 'planned' and greatest(attempt_at, claimed_until) > now() + ${NOTHING_WAITS}`,
    `notices set reach_at = now() + make_interval(secs => ?) where reach_at > now() + ${NOTHING_WAITS}`,
  ])
    await em.execute(`update notifications.${update}`, [leaseSeconds]);
}
