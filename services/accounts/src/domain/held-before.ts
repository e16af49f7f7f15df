import type { ApplicationStatus, ApplicationType, ContractFacts } from '@tenure/contracts';

interface Application {
  type: ApplicationType;
  status: ApplicationStatus;
  /** What held when it was sent. */
  before: ContractFacts | null;
}

/**
 * What held before an application's change: what its approval saw, which licensing compared with what it held at that
 * moment. Other applications may have changed the account since this one was sent. Where it changed nothing, what held
 * when it was sent.
 */
export function heldBefore(
  { type, status, before }: Application,
  decision: { seen: ContractFacts | null } | null | undefined,
): ContractFacts | null {
  return status === 'fulfilled' && type !== 'new_account' ? (decision?.seen ?? before) : before;
}
