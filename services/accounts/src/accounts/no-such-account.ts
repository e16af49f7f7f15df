import { refuse, type DomainError } from '@tenure/contracts';

/** The same answer whether there is none or it is another organization's. */
export function noSuchAccount(): DomainError {
  return refuse('not_found', 'There is no such account.');
}
