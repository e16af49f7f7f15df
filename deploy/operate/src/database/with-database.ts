import { Client, DatabaseError } from 'pg';
import { Stop } from '@tenure/platform/command/stop';
import { whileItAnswers } from '@tenure/platform/command/while-it-answers';

/**
 * Does the work on a connection to the database that a URL names. Its statements may take any time, as long as the
 * database accepts other connections.
 * @param options.answerMs how long a connection may take; a hanging one would never be established
 * @throws Stop in PostgreSQL's own words
 */
export async function withDatabase<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
  { answerMs = 10_000, lookMs }: { answerMs?: number; lookMs?: number } = {},
): Promise<Result> {
  const newClient = () =>
    new Client({
      ...{ connectionString: url, connectionTimeoutMillis: answerMs },
      // If another machine has taken the server's place, only TCP ends the wait for the first.
      ...{ keepAlive: true, keepAliveInitialDelayMillis: 30_000 },
    });
  const client = newClient();
  // A connection that is lost between two statements reports it only here; without a listener, that would end the process.
  const lost = new Promise<never>((_, reject) => client.on('error', (error) => reject(inItsWords(error))));
  const connected = async () => {
    await client.connect().catch((error: Error) => {
      throw inItsWords(error);
    });
    return work(client);
  };
  try {
    return await Promise.race([whileItAnswers(connected(), () => look(newClient()), lookMs), lost]);
  } catch (error) {
    // Any other error is a bug.
    throw error instanceof DatabaseError ? inItsWords(error) : error;
  } finally {
    await client.end();
  }
}

/** @throws Stop if nobody answers; that the server is full is an answer */
async function look(client: Client): Promise<void> {
  client.on('error', () => undefined); // `connect` reports it.
  try {
    await client.connect();
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw inItsWords(error as Error);
  } finally {
    void client.end().catch(() => undefined);
  }
}

export async function inTransaction<T>(client: Client, deed: 'read' | 'write', work: () => Promise<T>): Promise<T> {
  await client.query(deed === 'read' ? 'begin transaction isolation level repeatable read, read only' : 'begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    // Not awaited: if the error is that the connection ends, the answer would be an error that says less.
    void client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function inItsWords(cause: Error & { code?: string }): Stop {
  if (cause.message === 'timeout expired') return new Stop('PostgreSQL does not answer.', { cause });
  if (cause.code === '40P01')
    return new Stop('Another transaction was changing the same rows, so nothing was changed. Run it again.', { cause });
  return new Stop(cause.message, { cause });
}
