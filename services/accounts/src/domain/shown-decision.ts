import type { DecisionView } from '@tenure/contracts';

interface Decision {
  outcome: DecisionView['outcome'];
  decidedAt: Date;
}

/**
 * The decision that people see with an application: the one that was applied, or the last one that was refused or is
 * being settled. One that came too late never was a decision about it.
 */
export function shownDecision<D extends Decision>(decisions: readonly D[]): D | undefined {
  const inOrder = decisions.toSorted((one, other) => one.decidedAt.getTime() - other.decidedAt.getTime());
  return (
    inOrder.find(({ outcome }) => outcome === 'applied') ?? inOrder.findLast(({ outcome }) => outcome !== 'too_late')
  );
}
