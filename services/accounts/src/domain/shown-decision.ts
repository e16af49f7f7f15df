import type { DecisionView } from '@tenure/contracts';

interface Decision {
  outcome: DecisionView['outcome'];
  decidedAt: Date;
}

/**
 * The decision that people see with an application: the applied one, or else the last one that was refused or is being
 * settled. A decision that came too late is never shown.
 */
export function shownDecision<D extends Decision>(decisions: readonly D[]): D | undefined {
  const inOrder = decisions.toSorted((one, other) => one.decidedAt.getTime() - other.decidedAt.getTime());
  return (
    inOrder.find(({ outcome }) => outcome === 'applied') ?? inOrder.findLast(({ outcome }) => outcome !== 'too_late')
  );
}
