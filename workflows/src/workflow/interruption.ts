import { CancellationScope, CancelledFailure, patched } from '@temporalio/workflow';

/** Keeps running when the workflow is canceled, except inside `interruptibly`. */
export function uninterrupted<T>(work: () => Promise<T>): Promise<T> {
  return CancellationScope.nonCancellable(work);
}

/** Within `uninterrupted`, work that a cancellation of the workflow does end. @throws CancelledFailure */
export function interruptibly<T>(work: () => Promise<T>): Promise<T> {
  return CancellationScope.current().parent!.run(work);
}

/**
 * Within `uninterrupted`: ends the workflow here if it was canceled. The patch may be read after a local activity, since
 * nothing follows that a replay could miss. @throws CancelledFailure
 */
export function stopIfInterrupted(): void {
  const isCanceled = CancellationScope.current().parent!.consideredCancelled;
  if (isCanceled && patched('stops-before-settling')) throw new CancelledFailure('Workflow canceled');
}
