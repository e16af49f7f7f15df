import { setTimeout as delay } from 'node:timers/promises';
import { MikroORM, type EntityManager, type SessionContext } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { isCustomerSuccess, type Actor } from '@tenure/contracts';
import { isConflict } from './errors.js';
import { openTransaction, refuseInsideTransaction } from './transaction.js';

const attempts = 5;

/** The only way to the database: one transaction, as the service or as a member. */
@Injectable()
export class Database implements OnApplicationShutdown {
  readonly #listeners: (() => void)[] = [];

  constructor(
    private readonly orm: MikroORM,
    readonly service: string,
  ) {}

  /** One transaction that sees every organization. `work` is done again when another transaction was in its way. */
  asService<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.#transaction({}, work);
  }

  /** One transaction that sees the actor's organization; Customer Success sees all. The table of rights comes before it. */
  asMember<T>(actor: Actor, work: (em: EntityManager) => Promise<T>): Promise<T> {
    if (isCustomerSuccess(actor)) return this.#transaction({}, work);
    return this.#transaction(
      { role: `${this.service}_member`, variables: { 'app.organization': actor.organizationId } },
      work,
    );
  }

  /** @throws when the database does not answer. */
  async answers(): Promise<void> {
    await this.asService((em) => em.execute('select 1'));
  }

  /** Calls `listener` after each commit that recorded an event. */
  whenRecorded(listener: () => void): void {
    this.#listeners.push(listener);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.orm.close();
  }

  async #transaction<T>(session: SessionContext, work: (em: EntityManager) => Promise<T>): Promise<T> {
    refuseInsideTransaction('A transaction');
    for (let attempt = 1; ; attempt += 1) {
      const transaction = { recorded: false };
      try {
        const result = await openTransaction.run(transaction, () => this.orm.em.fork({ session }).transactional(work));
        if (transaction.recorded) for (const listener of this.#listeners) listener();
        return result;
      } catch (error) {
        if (attempt === attempts || !isConflict(error)) throw error;
        await delay(Math.random() * 20 * 2 ** attempt);
      }
    }
  }
}

/** The database's time: that of the transaction, the same for all its statements. */
export async function databaseTime(em: EntityManager): Promise<Date> {
  const [row] = await em.execute<{ now: string | Date }[]>('select now() as now');
  return new Date(row!.now);
}
