import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database, Loop, queryRows } from '@tenure/platform';
import { Settings } from '../settings.js';

const PAUSE_MS = 60_000;

/** A column that says until when the rows of a table wait, and a time for which none of them ever does. */
interface Wait {
  table: string;
  until: string;
  never: string;
  /** Those of its rows that wait. */
  rows?: string;
}

/** Longer than the longest lease, and than an hour's pause with its quarter (`backOffSeconds`). */
const never = '90 minutes';

const waits: readonly Wait[] = [
  { table: 'turns', until: 'free_at', never },
  { table: 'dispatches', until: 'attempt_at', never, rows: 'ended_at is null' },
  { table: 'notices', until: 'attempt_at', never, rows: `status = 'planned'` },
  { table: 'notices', until: 'claimed_until', never, rows: `status = 'planned'` },
  { table: 'notices', until: 'reach_at', never },
  // The second retry comes after two hours.
  { table: 'deliveries', until: 'retry_at', never: '3 hours' },
  // The rarest check comes every six hours.
  { table: 'email_domains', until: 'look_at', never: '7 hours', rows: 'added_at is not null' },
  { table: 'email_domain_leftovers', until: 'look_at', never },
];

/**
 * When the database's clock was ahead and is set back, what was stored meanwhile would wait until the clock is there
 * again: turns at the provider, so that nothing is sent; notices and retries; checks of domains, and of whether a notice
 * has reached anybody. A dispatch would be repeated only after the provider has forgotten its key, as a second e-mail.
 * Whatever waits for longer than anything does is therefore due now, after a lease for those who may still work on it.
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
      let hasFound = false;
      for (const wait of waits) hasFound = (await this.#makeDue(wait)) || hasFound;
      if (hasFound)
        this.#log.error({ message: "The database's clock was set back. What waited for it is due now.", alert: true });
    } catch (error) {
      this.#log.error(error);
    }
    return PAUSE_MS;
  }

  /** In a transaction of its own, so that nothing depends on the order in which others lock these tables. */
  async #makeDue({ table, until, never, rows = 'true' }: Wait): Promise<boolean> {
    const due = await this.database.asService((em) =>
      queryRows(
        em,
        `update notifications.${table} set ${until} = now() + make_interval(secs => ?)
         where ${rows} and ${until} > now() + interval '${never}' returning 1`,
        [this.settings.leaseSeconds],
      ),
    );
    return due.length > 0;
  }
}
