import { refuse, type DomainError } from '@tenure/contracts';

/** The same answer whether the account does not exist or belongs to another organization. */
export function noSuchAccount(): DomainError {
  return refuse('not_found', 'There is no such account.');
}
