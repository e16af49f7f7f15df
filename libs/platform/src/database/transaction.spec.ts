import type { MikroORM } from '@mikro-orm/postgresql';
import type { Connection } from './connection.js';
import { Database } from './database.js';
import { NoAnswer } from './errors.js';
import { PreparedStatements } from './prepared.js';
import { Transaction } from './transaction.js';

/**
 * A connection on which matching messages fail; records what is sent on it, and whether it was closed when it was
 * released.
 */
function aConnection(fails: [RegExp, Error][] = []) {
  const said: string[] = [];
  const closed: boolean[] = [];
  const connection = {
    prepared: PreparedStatements.of({}),
    ask: async (text: string) => {
      said.push(text);
      for (const [message, error] of fails) if (message.test(text)) throw error;
      return text.split(';\n').map(() => ({ rows: [], rowCount: 0 }));
    },
    release: (close = false) => void closed.push(close),
  } as unknown as Connection;
  return { connection, said, closed };
}

const noAnswer = new NoAnswer();
const refusal = Object.assign(new Error('refused'), { code: '23505' });

describe('a transaction', () => {
  async function failed(fails: [RegExp, Error][], { last = false } = {}) {
    const { connection, said, closed } = aConnection(fails);
    const transaction = new Transaction(connection, ['begin'], 'licensing');
    if (last) transaction.endWithNext();
    const error = await transaction.executeQuery({ sql: 'select 1' }).catch((thrown: unknown) => thrown);
    await transaction.rollback(error);
    return { said: said.slice(1), closed };
  }

  it('whose database does not answer waits no longer, and closes its connection', async () =>
    expect(await failed([[/select/, noAnswer]])).toEqual({ said: [], closed: [true] }));

  it('that cannot be rolled back closes its connection', async () =>
    expect((await failed([[/select|rollback/, refusal]])).closed).toEqual([true]));

  it.each([false, true])('that failed leaves its connection usable (with its last message: %s)', async (last) =>
    expect(await failed([[/select/, refusal]], { last })).toEqual({
      said: ['rollback;\ndeallocate all'],
      closed: [false],
    }),
  );

  it('is committed once, even if no statement followed with which it should end', async () => {
    const { connection, said, closed } = aConnection();
    const transaction = new Transaction(connection, ['begin'], 'licensing');
    transaction.sendAlong('select 1', []);
    transaction.endWithNext();
    await transaction.commit();
    expect(said.join('\n').match(/commit/g)).toEqual(['commit']);
    expect(closed).toEqual([false]);
  });
});

it('one read-only statement that fails closes its connection, on which it may still be running', async () => {
  const closed: boolean[] = [];
  const client = {
    query: (_: string, answered: (error: Error) => void) => answered(noAnswer),
    release: (close: boolean) => void closed.push(close),
  };
  const pool = { options: {}, connect: async () => client };
  const orm = {
    em: { getPlatform: () => ({}) },
    driver: { getConnection: () => ({ getNativeClient: async () => pool }) },
  } as unknown as MikroORM;
  await expect(new Database(orm, 'licensing').rowsAsService('select 1', [])).rejects.toBe(noAnswer);
  expect(closed).toEqual([true]);
});
