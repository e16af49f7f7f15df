import type { ApplicationStatus, ApplicationType, ContractFacts } from '@tenure/contracts';

interface Application {
  type: ApplicationType;
  status: ApplicationStatus;
  /** The facts when it was sent. */
  before: ContractFacts | null;
}

/**
 * The facts before an application's change. If it was fulfilled, these are the facts that its approval saw, which were
 * compared with licensing's at that time, because other applications may have changed the account since this one was
 * sent. If it changed nothing, these are the facts when it was sent.
 */
export function heldBefore(
  { type, status, before }: Application,
  decision: { seen: ContractFacts | null } | null | undefined,
): ContractFacts | null {
  return status === 'fulfilled' && type !== 'new_account' ? (decision?.seen ?? before) : before;
}
