import { MikroORM, type EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { isCustomerSuccess, type Actor } from '@tenure/contracts';
import { Connection, isReachable } from './connection.js';
import { ReadOnly } from './errors.js';
import { retryOnConflict } from './retry-on-conflict.js';
import { queryRows } from './rows.js';
import { literalsOf, openTransaction, refuseInsideTransaction, Transaction } from './transaction.js';

const patience = { attempts: 5, pauseMs: (attempt: number) => 20 * 2 ** attempt };

/** The only access to the database: one transaction, as the service or as a member. */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly #listeners: ((isAwaited: boolean) => void)[] = [];

  constructor(
    private readonly orm: MikroORM,
    readonly service: string,
  ) {}

  /** One transaction that sees every organization. `work` is retried if it conflicts with another transaction. */
  asService<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.#transaction(this.service, [], work);
  }

  /**
   * One transaction that sees the actor's organization; for Customer Success, all. The table of rights is checked
   * before it.
   */
  asMember<T>(actor: Actor, work: (em: EntityManager) => Promise<T>): Promise<T> {
    if (isCustomerSuccess(actor)) return this.asService(work);
    const organization = this.orm.em.getPlatform().quoteValue(actor.organizationId);
    const role = `${this.service}_member`;
    return this.#transaction(role, [`set local role "${role}"`, `set local app.organization = ${organization}`], work);
  }

  /**
   * The rows of one read-only statement with `?` for its parameters, as the service: a prepared statement in its own
   * transaction, sent as one message. For requests that come thousands of times a second.
   */
  async rowsAsService<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    refuseInsideTransaction('A transaction');
    const connection = await Connection.from(this.orm);
    try {
      const said = connection.prepared.say(sql, literalsOf(this.orm.em, parameters), this.service);
      const results = await connection.ask(said.join(';\n'));
      connection.release();
      return results.at(-1)!.rows as Row[];
    } catch (error) {
      // The connection is closed, with everything that it prepared.
      connection.release(true);
      throw error;
    }
  }

  /** @returns the database's time @throws when the database does not answer, or takes no changes. */
  answers(): Promise<Date> {
    return this.asService(async (em) => {
      const [row] = await queryRows<{ now: string; readOnly: boolean }>(
        em,
        `select now() as now, current_setting('transaction_read_only')::boolean as "readOnly"`,
      );
      if (row!.readOnly) throw new ReadOnly('it is read-only, or a standby');
      return new Date(row!.now);
    });
  }

  isReachable(): Promise<boolean> {
    return isReachable(this.orm);
  }

  /** Calls `listener` after each commit that recorded an event, and passes whether somebody is waiting for one. */
  whenRecorded(listener: (isAwaited: boolean) => void): void {
    this.#listeners.push(listener);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.orm.close();
  }

  async #transaction<T>(role: string, session: readonly string[], work: (em: EntityManager) => Promise<T>): Promise<T> {
    refuseInsideTransaction('A transaction');
    return retryOnConflict(patience, async () => {
      const transaction = new Transaction(await Connection.from(this.orm), ['begin', ...session], role);
      try {
        const result = await openTransaction.run(transaction, () => this.#work(transaction, work));
        if (transaction.recorded !== 'nothing')
          for (const listener of this.#listeners) listener(transaction.recorded === 'awaited');
        return result;
      } catch (error) {
        await transaction.rollback(error);
        throw error;
      }
    });
  }

  async #work<T>(transaction: Transaction, work: (em: EntityManager) => Promise<T>): Promise<T> {
    const em = this.orm.em.fork();
    em.setTransactionContext(transaction);
    const result = await work(em);
    if (hasEntities(em)) await em.flush();
    await transaction.commit();
    return result;
  }
}

/** Whether a flush may find changes. Most transactions have no entities, and a flush takes as long as forking. */
function hasEntities(em: EntityManager): boolean {
  const unit = em.getUnitOfWork();
  return unit.getIdentityMap().keys().length + unit.getPersistStack().size + unit.getRemoveStack().size > 0;
}

/** The database's time: the start of the transaction, the same for all its statements. */
export async function databaseTime(em: EntityManager): Promise<Date> {
  const [row] = await queryRows<{ now: string }>(em, 'select now() as now');
  return new Date(row!.now);
}
