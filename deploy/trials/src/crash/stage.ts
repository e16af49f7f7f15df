import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client as Temporal, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { applicationWorkflowId, eventStream, saveLicense, type ApplicationView, type Caller } from '@tenure/contracts';
import pg from 'pg';
import type { Configuration } from '@tenure/local/configuration';
import { sampleLicenses } from '@tenure/local/sample/catalog';
import { recordCatalogAndPeople } from '@tenure/local/sample/record';
import { temporalNamespace } from '@tenure/local/servers/temporal-options';
import type { OwnStack } from '@tenure/local/supervisor/stack';
import { warningsOf } from '@tenure/local/supervisor/warnings';
import { asNatsUser } from '@tenure/local/api/as-nats-user';
import { application, submit } from '@tenure/local/api/calls';
import { startOwnStack } from '@tenure/local/supervisor/own-stack';
import { given, Person, type Answer } from '@tenure/local/api/person';
import { until } from '@tenure/platform/command/until';
import { quiet } from '../drill/quiet.js';
import { Mailbox } from '../tour/letters.js';

export type ProcessName = 'accounts' | 'licensing' | 'notifications' | 'gateway' | 'workflows';

/** Short leases, so that a killed process's notices and events are soon taken over. */
const leases = { SEND_TIMEOUT_SECONDS: '0.5', SEND_LEASE_SECONDS: '1', EVENTS_ACK_SECONDS: '3' };

/** However often a process is killed, it is restarted immediately. */
const killedOnPurpose = Array.from({ length: 100 }, () => 50);

const crashFileOf = ({ dataFolder }: Configuration) => path.join(dataFolder, 'crash');

/** Everything running, in processes that can be killed one at a time at a chosen step. */
export class Stage {
  readonly #since = new Date().toISOString();

  private constructor(
    readonly stack: OwnStack,
    /** What the supervisor has printed since the last crash was armed. */
    readonly said: string[],
    readonly database: pg.Pool,
    readonly temporal: Temporal,
    readonly people: { sofia: Person; clara: Person },
    readonly mailbox: Mailbox,
  ) {}

  /** @param purpose the name of the folders for data and logs */
  static async set(purpose: string): Promise<Stage> {
    const said: string[] = [];
    const stack = await startOwnStack(purpose, {
      folder: tmpdir(),
      say: (sentence) => said.push(sentence),
      before: (configuration) => Object.assign(process.env, leases, { TENURE_CRASH_FILE: crashFileOf(configuration) }),
      prepare: recordCatalogAndPeople,
      backOffMs: killedOnPurpose,
    });
    const connection = await Connection.connect({ address: stack.temporal });
    const person = (signIn: string) => Person.of(stack, signIn);
    return new Stage(
      stack,
      said,
      new pg.Pool({ connectionString: stack.database, max: 4 }),
      new Temporal({ connection, namespace: temporalNamespace }),
      { sofia: await person('sofia@solar-partner.example'), clara: await person('clara@platform.example') },
      new Mailbox(stack.mailbox),
    );
  }

  async strike(): Promise<void> {
    await this.database.end();
    await this.temporal.connection.close();
    await this.stack.stop();
  }

  /** What the supervisor and the services have logged, for a failed test. */
  seen(): string {
    return [...this.said, warningsOf(this.stack.configuration, this.#since)].join('\n');
  }

  /** Waits until nothing is in progress, and lets the process be killed when it next reaches the step. */
  async arm(process: ProcessName, point: string): Promise<void> {
    await this.quiet();
    this.said.length = 0;
    writeFileSync(crashFileOf(this.stack.configuration), `${this.stack.pid(process)} ${point}`);
  }

  /** Waits until a process has died and works again. */
  async survived(process: ProcessName): Promise<void> {
    await until(
      async () => this.said.length > 0 && this.stack.pid(process) !== undefined,
      (yes) => yes,
    );
  }

  /** Sends an application, retrying with the same key until there is an answer. */
  async apply(request: object): Promise<ApplicationView> {
    const key = randomUUID();
    const send = () => submit(this.people.sofia, request, key).catch(noAnswer<ApplicationView>);
    return given(await until(send, ({ status }) => status < 500));
  }

  /** The application once its workflow has completed and its notices are sent, or as it stands after a timeout. */
  async ended(applicationId: string): Promise<ApplicationView> {
    await this.statusOf(applicationWorkflowId(applicationId), 'COMPLETED');
    await this.quiet();
    return given(await application(this.people.sofia, applicationId));
  }

  /** The status of a workflow, once it is as expected or after a timeout. */
  statusOf(workflowId: string, wished: 'RUNNING' | 'COMPLETED'): Promise<string> {
    return until(
      () =>
        this.temporal.workflow
          .getHandle(workflowId)
          .describe()
          .then(({ status }) => status.name as string)
          .catch((error: unknown) => (error instanceof WorkflowNotFoundError ? 'UNKNOWN' : Promise.reject(error))),
      (name) => name === wished,
    );
  }

  /** Waits until nothing is left to be sent or published. */
  async quiet(): Promise<void> {
    const waiting = await quiet(this.database, 120);
    if (waiting > 0) throw new Error(`${waiting} events and notices are still pending.`);
  }

  async rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.database.query<T>(sql, values)).rows;
  }

  /** Locks a table against writes, does the work once somebody waits for the lock, then releases it. */
  async whileWaitingFor(table: string, begin: () => Promise<unknown>, work: () => Promise<unknown>): Promise<void> {
    const holder = await this.database.connect();
    try {
      await holder.query(`begin; lock table ${table} in share mode`);
      await begin();
      const waiting = `select from pg_locks where relation = '${table}'::regclass and not granted`;
      const somebody = await until(
        () => this.rows(waiting),
        (found) => found.length > 0,
      );
      if (somebody.length === 0) throw new Error(`Nobody waits for ${table}.`);
      await work();
    } finally {
      await holder.query('rollback');
      holder.release();
    }
  }

  /** Sets how many datapoints a license allows. */
  limit(code: string, maxDatapoints: number): Promise<unknown> {
    const sample = sampleLicenses.find((license) => license.code === code)!;
    return asNatsUser(this.stack, 'operator', (operator) => operator.ask(saveLicense, { ...sample, maxDatapoints }));
  }

  /** Waits until every consumer has handled every event, including those whose handling was never acknowledged. */
  async allHeard(): Promise<void> {
    for (const consumer of ['accounts', 'licensing', 'workflows'] as const) {
      const waiting = await until(
        () => this.#jetstream<Waiting>(consumer, `CONSUMER.INFO.${eventStream.name}.${consumer}`),
        ({ num_pending, num_ack_pending }) => num_pending + num_ack_pending === 0,
      );
      if (waiting.num_pending + waiting.num_ack_pending > 0) throw new Error(`${consumer} has not handled all events.`);
    }
  }

  /** How many events consumers have given up on, by subject. */
  async deadLetters(): Promise<Record<string, number>> {
    const filter = { subjects_filter: `${eventStream.dead}.>` };
    const { state } = await this.#jetstream<{ state: { subjects?: Record<string, number> } }>(
      'workflows',
      `STREAM.INFO.${eventStream.name}`,
      filter,
    );
    return state.subjects ?? {};
  }

  #jetstream<T>(user: Caller, question: string, body: object = {}): Promise<T> {
    return asNatsUser(this.stack, user, async (_, nats) => {
      const answer = await nats.request(`$JS.API.${question}`, JSON.stringify(body), { timeout: 30_000 });
      return answer.json<T>();
    });
  }
}

/** JetStream's counts for a consumer: events not delivered yet, and events delivered but not acknowledged. */
interface Waiting {
  num_pending: number;
  num_ack_pending: number;
}

/** Stands for an answer that says to retry. */
function noAnswer<T>(): Answer<T> {
  return { status: 599, value: undefined, problem: undefined };
}
