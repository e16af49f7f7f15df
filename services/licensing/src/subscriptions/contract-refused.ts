import { refuse, type DomainError } from '@tenure/contracts';
import type { ContractPreview } from '../domain/preview.js';

/** A change that does not hold when it is made for good, with each reason and the figures of use. */
export function contractRefused({ refusals, use }: ContractPreview): DomainError {
  return refuse('contract_refused', refusals.map(({ message }) => message).join(' '), {
    errors: refusals,
    ...(use && { figures: use }),
  });
}
