import { refuse, type DomainError } from '@tenure/contracts';
import type { ContractPreview } from '../domain/preview.js';

/** The refusal of a change at the time it is applied, with each reason and the figures of use. */
export function contractRefused({ refusals, use }: ContractPreview): DomainError {
  return refuse('contract_refused', refusals.map(({ message }) => message).join(' '), {
    errors: refusals,
    ...(use && { figures: use }),
  });
}
