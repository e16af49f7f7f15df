import { AsyncLocalStorage } from 'node:async_hooks';

/** The transaction that the current code runs in. */
export interface OpenTransaction {
  /** The outbox has something new: wake the relay after the commit. */
  recorded: boolean;
}

export const openTransaction = new AsyncLocalStorage<OpenTransaction>();

/** A request or a second transaction inside a transaction holds its locks for as long as somebody else pleases. */
export function refuseInsideTransaction(what: string): void {
  if (openTransaction.getStore() !== undefined) throw new Error(`${what} inside a transaction.`);
}
