import { CancellationScope } from '@temporalio/workflow';

/** Keeps running when the workflow is canceled, except inside `interruptibly`. */
export function uninterrupted<T>(work: () => Promise<T>): Promise<T> {
  return CancellationScope.nonCancellable(work);
}

/** Within `uninterrupted`, work that a cancellation of the workflow does end. @throws CancelledFailure */
export function interruptibly<T>(work: () => Promise<T>): Promise<T> {
  return CancellationScope.current().parent!.run(work);
}
