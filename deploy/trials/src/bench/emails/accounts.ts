import { connect, type NatsConnection } from '@nats-io/transport-node';
import { client, importAccounts, mostImported, partsOf, type Client } from '@tenure/contracts';
import { addDays, addMonths, localDate, type CalendarDate } from '@tenure/lifecycle';
import pg from 'pg';
import { accountIdFor } from '@tenure/operate/records/account-id';
import { Backlog } from '@tenure/operate/asking/backlog';
import { sampleLicenses, sampleSectors } from '@tenure/local/sample/catalog';
import type { Stack } from '@tenure/local/supervisor/find-stack';

const timeZone = 'Europe/Madrid';
/**
 * How many days before the accounts' last day they are created. Each plan moves that day by one and adds a reminder
 * today.
 */
const DAYS_LEFT = 100;

/**
 * Accounts of an organization with few SuperAdmins, with the same term and time zone, so that their reminders coincide.
 */
export class Accounts {
  readonly ids: string[] = [];
  organizationId = '';
  /** The offset of the reminder that was planned last. */
  offset = '';
  #planned = 0;

  private constructor(
    readonly database: pg.Client,
    private readonly nats: NatsConnection,
    private readonly services: Client,
  ) {}

  static async open(stack: Stack): Promise<Accounts> {
    const database = new pg.Client({ connectionString: stack.database });
    // If the bench is interrupted, the server ends first.
    database.on('error', () => {});
    await database.connect();
    const nats = await connect(stack.natsUser('importer'));
    return new Accounts(database, nats, client(nats, 'importer'));
  }

  /** Creates the accounts and waits until their workflows are started. */
  async create(many: number): Promise<void> {
    this.organizationId = await this.#organization();
    const anchor = addMonths(addDays(localDate(new Date(), timeZone), DAYS_LEFT), -12);
    console.log(`Creating ${many} accounts …`);
    const all = Array.from({ length: many }, (_, number) => this.#account(number, anchor));
    this.ids.push(...all.map(({ accountId }) => accountId));
    const backlog = new Backlog(this.nats);
    for (const accounts of partsOf(all, mostImported)) {
      await backlog.bearable();
      await this.services.ask(importAccounts, { accounts }, { timeout: 60_000 });
    }
    await backlog.handled(() => {});
  }

  /**
   * Changes the plan of all accounts so that one more reminder is due at this instant, a whole minute; a different
   * reminder each time. The workflows are not notified yet.
   */
  async plan(at: number): Promise<void> {
    this.#planned += 1;
    this.offset = `P${DAYS_LEFT + this.#planned}D`;
    const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
    await this.database.query(
      `with policy as (
         insert into licensing.reminder_policies (policy_id, organization_id, version, offsets, local_time)
         values (uuidv7(), $2, 1000 + $3::int, array[$4], $5) returning policy_id),
       term as (
         update licensing.terms set anchor = anchor + 1, first_day = first_day + 1, expires_on = expires_on + 1,
           expires_at = expires_at + interval '1 day' where account_id = any($1::uuid[])),
       entitlement as (
         update licensing.entitlements set valid_until = valid_until + interval '1 day'
         where account_id = any($1::uuid[]))
       update licensing.subscriptions set policy_id = (select policy_id from policy) where account_id = any($1::uuid[])`,
      [this.ids, this.organizationId, this.#planned, this.offset, time],
    );
  }

  async close(): Promise<void> {
    await this.database.end();
    await this.nats.close();
  }

  async #organization(): Promise<string> {
    const { rows } = await this.database.query<{ id: string }>(
      `select organization_id as id from accounts.members where 'super_admin' = any(roles)
       group by organization_id order by count(*) limit 1`,
    );
    return rows[0]!.id;
  }

  #account(number: number, anchor: CalendarDate) {
    return {
      accountId: accountIdFor(this.organizationId, `bench-${number}`),
      organizationId: this.organizationId,
      accountName: `Bench ${number}`,
      customerName: 'Customer of the bench',
      license: sampleLicenses[0]!.code,
      datapoints: 100,
      sector: sampleSectors[0]!.code,
      country: 'ES',
      timeZone,
      term: { anchor, months: 12 },
    };
  }
}
