import { setTimeout as delay } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Connection } from '@temporalio/client';
import {
  changePolicy,
  client,
  setAccountClock,
  setSubscriptionClock,
  subscriptionWorkflowId,
  type Actor,
  type ApplicationView,
} from '@tenure/contracts';
import { moveClock } from '@tenure/platform/temporal';
import pg from 'pg';
import { recordCatalogAndPeople } from '@tenure/local/sample/record';
import { temporalNamespace } from '@tenure/local/servers/temporal-options';
import type { OwnStack } from '@tenure/local/supervisor/stack';
import {
  account,
  decide,
  moveClock as moveToNextMoment,
  seenBy,
  submit,
  timeline,
  whenEnded,
} from '@tenure/local/api/calls';
import { startOwnStack } from '@tenure/local/supervisor/own-stack';
import { given, Person } from '@tenure/local/api/person';
import { Mailbox } from '../tour/letters.js';
import type { Language } from '../tour/reminder.js';
import type { Subject } from './judge.js';
import { policy, type PlannedAccount, type Server } from './plan.js';
import { quiet } from './quiet.js';

/** An account of the drill before it is left to itself. */
export interface Opened extends PlannedAccount {
  accountId: string;
}

/** Everything running, with accounts whose moments come within minutes, and servers that can be taken down. */
export class DrillStage {
  /** The planned moments of each account when it was left to itself. */
  readonly #moments = new Map<string, readonly { kind: string; at: string }[]>();
  /** Moves of workflows that follow their accounts' clocks, in progress. */
  readonly #following: Promise<unknown>[] = [];

  private constructor(
    readonly stack: OwnStack,
    readonly mailbox: Mailbox,
    private readonly database: pg.Pool,
    private readonly temporal: Connection,
    private readonly nats: NatsConnection,
    private readonly people: { sofia: Person; clara: Person },
    private readonly actor: Actor,
  ) {}

  static async set(signal: AbortSignal): Promise<DrillStage> {
    // Short leases, so that a killed sender's work is soon taken over.
    Object.assign(process.env, { SEND_TIMEOUT_SECONDS: '2', SEND_LEASE_SECONDS: '4' });
    const stack = await startOwnStack('drill', { signal, prepare: recordCatalogAndPeople });
    const database = new pg.Pool({ connectionString: stack.database, max: 2 });
    const person = (signIn: string) => Person.of(stack, signIn);
    const sofia = await person('sofia@solar-partner.example');
    const { rows } = await database.query<Actor>(
      `select member_id as "memberId", organization_id as "organizationId", roles from accounts.members where email = $1`,
      [sofia.signIn],
    );
    return new DrillStage(
      stack,
      new Mailbox(stack.mailbox),
      database,
      await Connection.connect({ address: stack.temporal }),
      await connect(stack.natsUser('gateway')),
      { sofia, clara: await person('clara@platform.example') },
      rows[0]!,
    );
  }

  async strike(): Promise<void> {
    await this.nats.close();
    await this.temporal.close();
    await this.database.end();
    await this.stack.stop();
  }

  async choosePolicy(): Promise<void> {
    given(
      await this.people.sofia.post('/reminder-policy', {
        shape: changePolicy.answer,
        body: { ...policy, replaces: 1 },
      }),
    );
  }

  /** The recipients of the reminders, with their languages. */
  async readers(): Promise<{ email: string; language: Language }[]> {
    const { rows } = await this.database.query<{ email: string; language: Language }>(
      `select lower(email) as email, language from accounts.members
       where organization_id = $1 and 'super_admin' = any(roles) order by email`,
      [this.actor.organizationId],
    );
    return rows;
  }

  /** Opens an account through the API; one that starts on its last day is moved past the reminder a week before. */
  async open(planned: PlannedAccount): Promise<Opened> {
    const { sofia, clara } = this.people;
    const { applicationId } = given(
      await submit(sofia, {
        type: 'new_account',
        accountName: planned.name,
        customerName: 'Customer',
        license: 'essential',
        datapoints: 100,
        sector: 'hotel',
      }),
    );
    await decide(clara, applicationId, { verdict: 'approve', seen: null });
    const accountId = (await this.#fulfilled(applicationId)).accountId!;
    if (planned.first === 'P0D') given(await moveToNextMoment(sofia, accountId, { toNextMoment: true }));
    return { ...planned, accountId };
  }

  /** Sets the account's clock so that its first moment comes `at` seconds after the start, and leaves it to itself. */
  async leave({ accountId, name, first, at }: Opened, beginsAt: number): Promise<Omit<Subject, 'recorded'>> {
    const { timeZone, expiresOn } = given(await account(this.people.sofia, accountId));
    const { moments } = given(await timeline(this.people.sofia, accountId));
    this.#moments.set(accountId, moments);
    const aheadSeconds = this.#leadAt(accountId, first, beginsAt + at * 1000);
    await this.#setLead(accountId, aheadSeconds);
    await this.#moveWorkflow(accountId, aheadSeconds);
    return { accountId, name, timeZone, expiresOn, aheadSeconds, since: Date.now() };
  }

  /**
   * Moves the account's clock to `days` after a moment. Its workflow follows when it can, which needs a worker and the
   * services that it asks for what is due before.
   */
  async leap(accountId: string, { to, days }: { to: string; days: number }): Promise<NonNullable<Subject['leap']>> {
    const at = Date.now();
    const aheadSeconds = this.#leadAt(accountId, to, at) + days * 24 * 60 * 60;
    await this.#setLead(accountId, aheadSeconds);
    const following = this.#moveWorkflow(accountId, aheadSeconds);
    // `quiet` awaits it and reports its error.
    following.catch(() => undefined);
    this.#following.push(following);
    return { at, aheadSeconds };
  }

  /** Sends and approves a renewal. @returns when it was fulfilled */
  async renew(accountId: string): Promise<number> {
    const { sofia, clara } = this.people;
    const sent = given(await submit(sofia, { type: 'renew_subscription', accountId, months: 12 }));
    await decide(clara, sent.applicationId, { verdict: 'approve', seen: await seenBy(clara, sent) });
    await this.#fulfilled(sent.applicationId);
    return Date.now();
  }

  async #fulfilled(applicationId: string): Promise<ApplicationView> {
    const found = await whenEnded(this.people.sofia, applicationId);
    if (found.status !== 'fulfilled') throw new Error(`${applicationId} is ${found.status}.`);
    return found;
  }

  /** How far the account's clock has to be ahead so that the moment comes at this time of the wall clock. */
  #leadAt(accountId: string, kind: string, wall: number): number {
    const moment = this.#moments.get(accountId)!.find((one) => one.kind === kind)!;
    return Math.ceil((Date.parse(moment.at) - wall) / 1000);
  }

  async #setLead(accountId: string, aheadSeconds: number): Promise<void> {
    const gateway = client(this.nats, 'gateway');
    const { actor } = this;
    await gateway.ask(setAccountClock, { actor, accountId, aheadSeconds });
    await gateway.ask(setSubscriptionClock, { actor, accountId, aheadSeconds });
  }

  #moveWorkflow(accountId: string, aheadSeconds: number): Promise<unknown> {
    const workflow = { namespace: temporalNamespace, workflowId: subscriptionWorkflowId(accountId) };
    return moveClock(this.temporal, workflow, new Date(Date.now() + aheadSeconds * 1000));
  }

  /** The timeline's entries for the account's first term. */
  async recorded(accountId: string): Promise<Subject['recorded']> {
    const { moments } = given(await timeline(this.people.sofia, accountId));
    return moments
      .filter(({ termNumber }) => termNumber === 1)
      .map(({ kind, status, reason }) => ({ kind, status, reason }));
  }

  /**
   * Kills the server as `kill -9` does, and restarts it at that time. @returns when it was killed, and when it was
   * ready again
   */
  async takeDown(server: Server, backAt: number): Promise<{ from: number; to: number }> {
    const from = Date.now();
    const startAgain = await this.stack.kill(server);
    await delay(Math.max(0, backAt - Date.now()));
    await startAgain();
    return { from, to: Date.now() };
  }

  /** Waits until nothing is left to be sent or published, and every workflow has followed its account's clock. */
  async quiet(seconds: number): Promise<void> {
    await Promise.all(this.#following.splice(0));
    await quiet(this.database, seconds);
  }
}
