import { notAllowed, type Actor } from '@tenure/contracts';
import { isAllowed, type Right } from './domain/rights.js';

/** The table of rights, before anything is read. @throws forbidden */
export function allow(actor: Actor, right: Right): void {
  if (!isAllowed(actor, right)) throw notAllowed();
}
