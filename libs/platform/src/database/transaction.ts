import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Connection } from './connection.js';
import { isDatabaseUnreachable } from './errors.js';

/**
 * One transaction on its own connection, in as few messages as possible: statements that are issued together
 * (`Promise.all`) share one message, `begin` goes with the first, and statements whose answer nobody awaits go with the
 * next. Each statement still sees what was committed before it began. `query` and `sendAlong` prepare each statement
 * once per connection. This replaces kysely's transaction in an entity manager, which calls only `executeQuery` and has
 * already inserted the parameters.
 */
export class Transaction {
  /**
   * Whether the outbox has a new event, so that the relay is woken after the commit: immediately if somebody is waiting
   * for it.
   */
  recorded: 'nothing' | 'something' | 'awaited' = 'nothing';
  #waiting: Statement[] = [];
  #isDue = false;
  #state: 'new' | 'open' | 'ended' = 'new';
  #endsWithNext = false;
  /** The error of a failed statement, after which PostgreSQL has aborted the transaction. */
  #failed: { error: unknown } | undefined;

  /** @param role the role that the transaction has once it is open */
  constructor(
    private readonly connection: Connection,
    private readonly opening: readonly string[],
    private readonly role: string,
  ) {}

  /**
   * Sends the statement with the next one, in order; if it fails, that one fails. @param literals in the order of the
   * `?`
   */
  sendAlong(sql: string, literals: readonly string[]): void {
    this.#checkOpen();
    for (const said of this.connection.prepared.say(sql, literals, this.role)) this.#waiting.push({ sql: said });
  }

  /** @param literals in the order of the `?` */
  query(sql: string, literals: readonly string[]): Promise<Answer> {
    this.#checkOpen();
    const said = this.connection.prepared.say(sql, literals, this.role);
    for (const first of said.slice(0, -1)) this.#waiting.push({ sql: first });
    return this.executeQuery({ sql: said.at(-1)! });
  }

  /** Adds the commit to the next message, which is the last: an error in it rolls everything back. */
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
   * Commits, unless nothing was sent.
   * @throws the error of a failed statement, even if the caller caught it: PostgreSQL also confirms the commit of an
   * aborted transaction
   */
  async commit(): Promise<void> {
    if (this.#failed !== undefined) throw this.#failed.error;
    this.#endsWithNext = false;
    if (this.#state === 'open' || this.#waiting.length > 0) await this.executeQuery({ sql: 'commit' });
    this.#end();
  }

  /** Never rejects: a connection that cannot roll back is closed, which has the same effect. */
  async rollback(because: unknown): Promise<void> {
    const hasFailed = this.#failed !== undefined;
    const wasOpened = this.#state === 'open' || hasFailed;
    this.#state = 'ended';
    if (isDatabaseUnreachable(because)) return this.connection.release(true);
    try {
      // A statement that failed or was never sent may have contained a `prepare`.
      const isUnsure = hasFailed || this.#waiting.length > 0;
      const statements = [...(wasOpened ? ['rollback'] : []), ...(isUnsure ? [this.connection.prepared.forget()] : [])];
      if (statements.length > 0) await this.connection.ask(statements.join(';\n'));
      this.#end();
    } catch {
      this.connection.release(true);
    }
  }

  async #send(): Promise<void> {
    // The transaction was rolled back meanwhile. Sent now, the statement would run outside a transaction, be committed,
    // and have the service's rights.
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
    const results = await this.connection.ask(statements.map(({ sql }) => sql).join(';\n'));
    const answers = results.map(({ rows, rowCount }) => ({ rows, numAffectedRows: rowCount ?? 0 }));
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

/** One statement; without `resolve`, nobody awaits its answer. */
interface Statement {
  sql: string;
  resolve?: (answer: Answer) => void;
  reject?: (error: unknown) => void;
}
interface Answer {
  rows: unknown[];
  numAffectedRows: number;
}

/** The transaction in which the current code runs. */
export const openTransaction = new AsyncLocalStorage<Transaction>();

/**
 * Refuses a request or a second transaction inside a transaction: its locks would be held for as long as another
 * process takes.
 */
export function refuseInsideTransaction(what: string): void {
  if (openTransaction.getStore() !== undefined) throw new Error(`${what} inside a transaction.`);
}

/** The transaction of `Database` that this entity manager belongs to. */
export function transactionOf(em: EntityManager): Transaction {
  const transaction: unknown = em.getTransactionContext();
  if (!(transaction instanceof Transaction)) throw new Error('This is possible only in a transaction of Database.');
  return transaction;
}

/**
 * Sends a statement whose answer nobody needs with the next message, so that it costs none of its own. Later statements
 * of the transaction see its effect; if it fails, the next statement or the commit fails.
 */
export async function sendAlong(em: EntityManager, sql: string, parameters: unknown[]): Promise<void> {
  transactionOf(em).sendAlong(sql, literalsOf(em, parameters));
}

/** One `insert`, `update` or `delete`, with `?` for its parameters. */
export type Change = [sql: string, ...parameters: unknown[]];

/**
 * Sends changes and `last`, such as their audit entry, along as one statement. The changes do not see each other, so no
 * two may affect the same row.
 */
export function sendAsOne(em: EntityManager, changes: readonly Change[], last: Change): Promise<void> {
  const named = changes.map(([sql], index) => `change_${index} as (${sql})`).join(', ');
  const parameters = [...changes, last].flatMap(([, ...each]) => each);
  return sendAlong(em, `${named && `with ${named}`} ${last[0]}`, parameters);
}

/**
 * Makes the statements that are issued next the last of the transaction, which commits in the same message: for
 * read-only transactions, and for reading a change that nothing rolls back anymore. Any later statement fails.
 */
export function commitWithNext(em: EntityManager): void {
  transactionOf(em).endWithNext();
}

/** Parameters as SQL literals. */
export function literalsOf(em: EntityManager, parameters: readonly unknown[]): string[] {
  const platform = em.getPlatform();
  return parameters.map((value) =>
    typeof value === 'string' ? literalOf(value) : String(platform.quoteValue(value ?? null)),
  );
}

/**
 * Like libpq's `PQescapeLiteral`. The platform's own version goes through the text letter by letter, too slow for the
 * text of a hundred e-mails.
 */
function literalOf(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}
