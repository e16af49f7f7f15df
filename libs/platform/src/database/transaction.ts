import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { databaseAway } from './errors.js';
import { PreparedStatements } from './prepared.js';

/**
 * One transaction on a connection of its own, in as few messages as it can be said in: statements that are given at once
 * (`Promise.all`) go in one, what opens it goes with the first, and what nobody waits for with the next. Each statement
 * still sees what was committed before it began. What is asked for by `query` and `sendAlong` is prepared once for each
 * connection. It takes the place of kysely's transaction in an entity manager, which asks it for `executeQuery` only and
 * has put the parameters in place.
 */
export class Transaction {
  /** The outbox has something new: wake the relay after the commit; at once for what somebody waits for. */
  recorded: 'nothing' | 'something' | 'awaited' = 'nothing';
  #waiting: Statement[] = [];
  #isDue = false;
  #state: 'new' | 'open' | 'ended' = 'new';
  #endsWithNext = false;
  /** What a statement failed with, by which PostgreSQL has undone all of it. */
  #failed: { error: unknown } | undefined;
  readonly #prepared: PreparedStatements;

  /** @param role whose transaction it is, once it is opened */
  constructor(
    private readonly connection: Connection,
    private readonly opening: readonly string[],
    private readonly role: string,
  ) {
    this.#prepared = PreparedStatements.of(connection);
  }

  /** Sent with the next statement, in this order; if it fails, that one fails. @param literals in the order of the `?` */
  sendAlong(sql: string, literals: readonly string[]): void {
    this.#checkOpen();
    for (const said of this.#prepared.say(sql, literals, this.role)) this.#waiting.push({ sql: said });
  }

  /** @param literals in the order of the `?` */
  query(sql: string, literals: readonly string[]): Promise<Answer> {
    this.#checkOpen();
    const said = this.#prepared.say(sql, literals, this.role);
    for (const first of said.slice(0, -1)) this.#waiting.push({ sql: first });
    return this.executeQuery({ sql: said.at(-1)! });
  }

  /** The next message is the last: it ends with the commit, and what fails in it undoes all. */
  endWithNext(): void {
    this.#endsWithNext = true;
  }

  executeQuery({ sql }: { sql: string }): Promise<Answer> {
    this.#checkOpen();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ sql, resolve, reject });
      if (this.#isDue) return;
      this.#isDue = true;
      queueMicrotask(() => void this.#send());
    });
  }

  /**
   * A transaction that said nothing has nothing to commit.
   * @throws what a statement failed with, whoever caught that: PostgreSQL answers the commit of what it has undone as well
   */
  async commit(): Promise<void> {
    if (this.#failed !== undefined) throw this.#failed.error;
    this.#endsWithNext = false;
    if (this.#state === 'open' || this.#waiting.length > 0) await this.executeQuery({ sql: 'commit' });
    this.#end();
  }

  /** Never rejects: a connection that cannot roll back is closed, which does the same. */
  async rollback(because: unknown): Promise<void> {
    const hasFailed = this.#failed !== undefined;
    const wasOpened = this.#state === 'open' || hasFailed;
    this.#state = 'ended';
    if (databaseAway(because)) return this.connection.release(true);
    try {
      // What failed, or was never sent, may have been about to prepare something.
      const isUnsure = hasFailed || this.#waiting.length > 0;
      const statements = [...(wasOpened ? ['rollback'] : []), ...(isUnsure ? [this.#prepared.forget()] : [])];
      if (statements.length > 0) await this.connection.query(statements.join(';\n'));
      this.#end();
    } catch {
      this.connection.release(true);
    }
  }

  async #send(): Promise<void> {
    // It was rolled back meanwhile: said now, it would be by itself, kept, and the service's.
    if (this.#state === 'ended') return this.#waiting.forEach(({ reject }) => reject?.(hasEnded()));
    const opening = this.#state === 'new' ? this.opening.map((sql): Statement => ({ sql })) : [];
    const ending: Statement[] = this.#endsWithNext ? [{ sql: 'commit' }] : [];
    const statements = [...opening, ...this.#waiting, ...ending];
    this.#waiting = [];
    this.#isDue = false;
    this.#state = this.#endsWithNext ? 'ended' : 'open';
    try {
      const answers = await this.#ask(statements);
      statements.forEach(({ resolve }, index) => resolve?.(answers[index]!));
    } catch (error) {
      this.#failed = { error };
      for (const { reject } of statements) reject?.(error);
    }
  }

  async #ask(statements: Statement[]): Promise<Answer[]> {
    const results: Result | Result[] = await this.connection.query(statements.map(({ sql }) => sql).join(';\n'));
    const answers = [results].flat().map(({ rows, rowCount }) => ({ rows, numAffectedRows: rowCount ?? 0 }));
    if (answers.length !== statements.length) throw new Error('A text with several statements cannot be answered.');
    return answers;
  }

  #checkOpen(): void {
    if (this.#state === 'ended') throw hasEnded();
  }

  #end(): void {
    this.#state = 'ended';
    this.connection.release();
  }
}

function hasEnded(): Error {
  return new Error('The transaction has ended.');
}

/** One statement; nobody waits for the answer of one without `resolve`. */
interface Statement {
  sql: string;
  resolve?: (answer: Answer) => void;
  reject?: (error: unknown) => void;
}
interface Answer {
  rows: unknown[];
  numAffectedRows: number;
}
interface Result {
  rows: unknown[];
  rowCount: number | null;
}

/** A connection from the pool; to be released. */
export async function connect(orm: MikroORM) {
  const pool = await orm.driver.getConnection().getNativeClient();
  return pool.connect();
}
export type Connection = Awaited<ReturnType<typeof connect>>;

/** The transaction that the current code runs in. */
export const openTransaction = new AsyncLocalStorage<Transaction>();

/** A request or a second transaction inside a transaction holds its locks for as long as somebody else pleases. */
export function refuseInsideTransaction(what: string): void {
  if (openTransaction.getStore() !== undefined) throw new Error(`${what} inside a transaction.`);
}

/**
 * A statement whose answer nobody needs: it costs no message of its own. What comes after it in the transaction sees
 * what it did; if it fails, the next statement or the commit does.
 */
export async function sendAlong(em: EntityManager, sql: string, parameters: unknown[]): Promise<void> {
  const transaction: unknown = em.getTransactionContext();
  if (transaction instanceof Transaction) transaction.sendAlong(sql, literalsOf(em, parameters));
  else await em.execute(sql, parameters, 'run');
}

/** One `insert`, `update` or `delete`, with `?` for its parameters. */
export type Change = [sql: string, ...parameters: unknown[]];

/**
 * Sends changes along as one statement with `last`, such as what puts them on record. They do not see each other, so no
 * two may be of the same row.
 */
export function sendAsOne(em: EntityManager, changes: readonly Change[], last: Change): Promise<void> {
  const named = changes.map(([sql], index) => `change_${index} as (${sql})`).join(', ');
  const parameters = [...changes, last].flatMap(([, ...each]) => each);
  return sendAlong(em, `${named && `with ${named}`} ${last[0]}`, parameters);
}

/**
 * What is asked for next, at once, is the last of the transaction, which ends in the same message: for what is only read,
 * and for what is read of a change that nothing undoes any more. Whatever is asked for later fails.
 */
export function lastly(em: EntityManager): void {
  const transaction: unknown = em.getTransactionContext();
  if (transaction instanceof Transaction) transaction.endWithNext();
}

/** As SQL has them. */
export function literalsOf(em: EntityManager, parameters: readonly unknown[]): string[] {
  const platform = em.getPlatform();
  return parameters.map((value) =>
    typeof value === 'string' ? literalOf(value) : String(platform.quoteValue(value ?? null)),
  );
}

/** As libpq's `PQescapeLiteral`, which the platform's follows letter by letter: too slow for what a hundred e-mails say. */
function literalOf(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}
