import { Client, Connection } from '@temporalio/client';
import { Pool } from 'pg';
import type { Email } from '@tenure/local/mailbox/email';
import { recordCatalogAndPeople } from '@tenure/local/sample/record';
import { temporalNamespace } from '@tenure/local/servers/temporal-options';
import type { OwnStack } from '@tenure/local/supervisor/stack';
import { account } from '@tenure/local/api/calls';
import { startOwnStack } from '@tenure/local/supervisor/own-stack';
import { Person } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { noLimits } from '../../no-limits.js';
import { Mailbox, recipientOf, tagOf, toldTwice } from '../../tour/letters.js';
import { quiet } from '../quiet.js';
import type { Life } from './count.js';
import type { Lived, People } from './life.js';
import { answered } from './patience.js';

/**
 * Short leases, so that a killed process's work is soon taken over; no rate limits; and a supervisor that never gives
 * up.
 */
const settings = {
  SEND_TIMEOUT_SECONDS: '2',
  SEND_LEASE_SECONDS: '4',
  EVENTS_ACK_SECONDS: '3',
  ...noLimits,
};
const backOffMs = Array.from({ length: 120 }, () => 500);

interface Told {
  kind: string;
  offset: string | null;
  email: string;
}

/** Everything running, with queries for what it has stored. */
export class KillsStage {
  private constructor(
    readonly stack: OwnStack,
    readonly people: People,
    private readonly mailbox: Mailbox,
    private readonly database: Pool,
  ) {}

  static async set(signal: AbortSignal): Promise<KillsStage> {
    Object.assign(process.env, settings);
    const stack = await startOwnStack('drill-kills', { signal, backOffMs, prepare: recordCatalogAndPeople });
    const person = (signIn: string) => Person.of(stack, signIn);
    const database = new Pool({ connectionString: stack.database, max: 2 });
    // A connection that broke with its server is opened again when needed.
    database.on('error', () => undefined);
    const people = {
      sofia: await person('sofia@solar-partner.example'),
      clara: await person('clara@platform.example'),
    };
    return new KillsStage(stack, people, new Mailbox(stack.mailbox), database);
  }

  async strike(): Promise<void> {
    await this.database.end();
    await this.stack.stop();
  }

  /** @returns how much is left to be sent or published after the timeout */
  quiet(seconds: number): Promise<number> {
    return quiet(this.database, seconds);
  }

  emails(): Promise<Email[]> {
    return this.mailbox.about({});
  }

  /** What a life has left behind so far. */
  async found(lived: Lived, emails: readonly Email[]): Promise<Life> {
    const { name, accountId, applicationIds } = lived;
    const { rows: accounts } = await this.database.query(
      'select from accounts.accounts where account_name = $1 and created_at is not null',
      [name],
    );
    const { rows: withheld } = await this.database.query<Told>(
      `select n.kind, n."offset", lower(d.email) as email
       from notifications.notices n join notifications.deliveries d using (notice_id)
       where (n.account_id = $1 or n.application_id = any($2)) and d.status in ('skipped', 'failed', 'unknown')`,
      [accountId, applicationIds],
    );
    const own = emails.filter((email) => isAbout(email, lived));
    // The last kill may have been a moment ago.
    const read = (id: string) => answered('read its account', () => account(this.people.sofia, id));
    const used = accountId === null ? null : (await read(accountId)).used;
    return {
      ...lived,
      accounts: accounts.length,
      used,
      letters: own.map(letterOf),
      toldTwice: toldTwice(own),
      onRecord: withheld.map(named),
    };
  }

  /**
   * The number of running workflows by type, once it is as expected or after a minute: Temporal's list lags slightly.
   */
  async running(expected: Record<string, number>): Promise<Record<string, number>> {
    const connection = await Connection.connect({ address: this.stack.temporal });
    try {
      const { workflow } = new Client({ connection, namespace: temporalNamespace });
      const look = async () => {
        const running = await Promise.all(
          Object.keys(expected).map(async (type) => {
            const { count } = await workflow.count(`WorkflowType = "${type}" AND ExecutionStatus = "Running"`);
            return [type, count] as const;
          }),
        );
        return Object.fromEntries(running);
      };
      return await until(look, (found) => Object.keys(expected).every((type) => found[type] === expected[type]), {
        seconds: 60,
      });
    } finally {
      await connection.close();
    }
  }
}

function isAbout(email: Email, { accountId, applicationIds }: Lived): boolean {
  return email.tags.some(
    ({ name, value }) =>
      (name === 'account' && value === accountId) || (name === 'application' && applicationIds.includes(value)),
  );
}

function letterOf(email: Email): string {
  return named({ kind: tagOf(email, 'kind')!, offset: tagOf(email, 'offset') ?? null, email: recipientOf(email) });
}

function named({ kind, offset, email }: Told): string {
  return `${offset === null ? kind : `${kind} ${offset}`} to ${email}`;
}
