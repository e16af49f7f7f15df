import type { MikroORM } from '@mikro-orm/postgresql';
import { withoutOpenSsl } from '../process/tls-failure.js';
import { isRoleRefused, NoAnswer } from './errors.js';
import { PreparedStatements } from './prepared.js';

/** The result of one statement. */
export interface Result {
  rows: unknown[];
  rowCount: number | null;
}

/** A connection of the driver. */
interface Client {
  query(statements: string, answered: (error: Error | null, answer: Result | Result[]) => void): void;
  release(close: boolean): void;
}

/**
 * A connection from the pool; the caller releases it.
 *
 * It has the driver call back, and limits the wait itself. For a promise and for its own limit, the driver assigns
 * functions to a property of the query. V8 places such functions among old objects, where each keeps its query with all
 * rows until the next full garbage collection, so that every collection of young objects copied them.
 */
export class Connection {
  readonly prepared: PreparedStatements;

  private constructor(
    private readonly client: Client,
    private readonly answersWithinMs: number,
  ) {
    this.prepared = PreparedStatements.of(client);
  }

  static async from(orm: MikroORM): Promise<Connection> {
    try {
      const pool = await poolOf(orm);
      const { answersWithinMs } = pool.options as unknown as { answersWithinMs: number };
      return new Connection(await pool.connect(), answersWithinMs);
    } catch (error) {
      (error as Error).message = withoutOpenSsl((error as Error).message);
      throw error;
    }
  }

  /** Sends statements as one message, without parameters. @returns the result of each */
  async ask(statements: string): Promise<Result[]> {
    try {
      return [await this.#answerTo(statements)].flat();
    } catch (error) {
      if (error instanceof Error) Error.captureStackTrace(error); // Otherwise it leads to the driver's parser.
      throw error;
    }
  }

  release(close = false): void {
    this.client.release(close);
  }

  #answerTo(statements: string): Promise<Result | Result[]> {
    return new Promise((resolve, reject) => {
      const timer = this.answersWithinMs && setTimeout(() => reject(new NoAnswer()), this.answersWithinMs);
      this.client.query(statements, (error, answer) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve(answer);
      });
    });
  }
}

interface NewConnection {
  connect(): Promise<void>;
  end(): Promise<void>;
  on(event: 'error', listener: () => void): unknown;
}

/** Whether the server answers a new connection, if only to refuse it because it is full or starting, not the role. */
export async function isReachable(orm: MikroORM): Promise<boolean> {
  const pool = await poolOf(orm);
  // The pool creates its connections like this; its types omit `Client`.
  const { Client, options } = pool as typeof pool & { Client: new (options: unknown) => NewConnection };
  const connection = new Client(options);
  connection.on('error', () => undefined); // `connect` reports it.
  try {
    await connection.connect();
    return true;
  } catch (error) {
    return error instanceof Error && 'severity' in error && !isRoleRefused(error);
  } finally {
    void connection.end().catch(() => undefined); // A server that hangs never confirms it.
  }
}

function poolOf(orm: MikroORM) {
  return orm.driver.getConnection().getNativeClient();
}
