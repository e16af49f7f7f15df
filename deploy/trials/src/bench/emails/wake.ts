import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { lookAgainSignal, subscriptionWorkflowId } from '@tenure/contracts';
import type pg from 'pg';
import { temporalNamespace } from '@tenure/local/servers/temporal-options';
import type { Stack } from '@tenure/local/supervisor/find-stack';
import { until } from '@tenure/platform/command/until';
import pMap from 'p-map';
import type { Accounts } from './accounts.js';

/** All signals have to be sent this long before the instant. */
const TOLD_BEFORE_MS = 4_000;
/** If falling asleep takes longer than this, the machine is too busy for a bench. */
const LONGEST_TO_FALL_ASLEEP_MS = 300_000;
const AT_ONCE = 20;

/** The product's own sleeping subscriptions. */
export class Sleepers {
  private constructor(
    private readonly accounts: Accounts,
    private readonly connection: Connection,
    private readonly temporal: Client,
  ) {}

  static async open(stack: Stack, accounts: Accounts): Promise<Sleepers> {
    const connection = await Connection.connect({ address: stack.temporal });
    return new Sleepers(accounts, connection, new Client({ connection, namespace: temporalNamespace }));
  }

  /**
   * Lets all subscriptions sleep until one more reminder is due at an instant, a whole minute. If they are not asleep
   * in time because the machine is busy, tries again with another instant and twice the time.
   * @returns the instant, once it has come
   */
  async fallAsleep(milliseconds: number, say: (line: string) => void): Promise<number> {
    for (let given = milliseconds; given < LONGEST_TO_FALL_ASLEEP_MS; given *= 2) {
      const at = Math.ceil((Date.now() + given) / 60_000) * 60_000;
      say(`${this.accounts.ids.length} subscriptions sleep until ${new Date(at).toISOString().slice(11, 19)} UTC …`);
      await this.accounts.plan(at);
      await this.#lookAgain();
      if (Date.now() < at - TOLD_BEFORE_MS) {
        await delay(at - Date.now());
        return at;
      }
      say('that was too short: retrying …');
    }
    throw new Error('The subscriptions did not fall asleep in time.');
  }

  /** @returns how late the last notice was stored, in seconds. @throws if not all are stored */
  async woken(at: number): Promise<number> {
    const all = this.accounts.ids.length;
    const stored = await until(
      () => this.#stored(),
      ({ count }) => count === all,
      { seconds: 180 },
    );
    if (stored.count !== all) throw new Error(`${stored.count} of ${all} notices were stored.`);
    if (stored.first < at) throw new Error('A notice was stored before it was due.');
    return (stored.last - at) / 1000;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  get #database(): pg.Client {
    return this.accounts.database;
  }

  async #lookAgain(): Promise<void> {
    const signal = (id: string) => this.temporal.workflow.getHandle(subscriptionWorkflowId(id)).signal(lookAgainSignal);
    await pMap(this.accounts.ids, signal, { concurrency: AT_ONCE });
  }

  async #stored(): Promise<{ count: number; first: number; last: number }> {
    const { rows } = await this.#database.query<{ count: number; first: number; last: number }>(
      `select count(*)::int as count, (extract(epoch from min(requested_at)) * 1000)::float as first,
         (extract(epoch from max(requested_at)) * 1000)::float as last
       from notifications.notices where account_id = any($1::uuid[]) and "offset" = $2`,
      [this.accounts.ids, this.accounts.offset],
    );
    return rows[0]!;
  }
}
